import type { Sql } from '@slipway/database'

export interface ProductImage {
  productId: string
  fileId: string
  /** Counts the changes of the file: what is older than what is known changes nothing. */
  version: number
  /** Absent once it is gone. */
  url?: string
}

/** Within a transaction. */
export interface ProductImageStore {
  /**
   * Notes what became of a picture; the product shows its newest one, and those asked for earlier are replaced for good. One
   * of no product of ours is ignored.
   */
  note(image: ProductImage): Promise<void>
  /** Files of replaced pictures that are there still, in the order of their ids from the one after `after` on. */
  replaced(after: string | undefined, limit: number): Promise<string[]>
  /** A replaced picture is gone. */
  forget(fileId: string): Promise<void>
}

export function productImageStore(sql: Sql): ProductImageStore {
  return {
    async note({ productId, fileId, version, url }) {
      const product = await sql.query('SELECT FROM products WHERE id = $1 FOR UPDATE', [productId])
      if (product.rowCount !== 1) return
      await sql.query(
        `INSERT INTO product_images (file_id, product_id, version, url) VALUES ($1, $2, $3, $4)
         ON CONFLICT (file_id) DO UPDATE SET version = excluded.version, url = excluded.url,
           replaced = product_images.replaced AND excluded.url IS NOT NULL
           WHERE product_images.version < excluded.version`,
        [fileId, productId, version, url],
      )
      // ids of files are in the order in which they were asked for
      await sql.query(
        `WITH newest AS (SELECT file_id, url FROM product_images
           WHERE product_id = $1 AND url IS NOT NULL AND NOT replaced ORDER BY file_id DESC LIMIT 1),
         shown AS (UPDATE products SET image_url = (SELECT url FROM newest) WHERE id = $1)
         UPDATE product_images SET replaced = true
           WHERE product_id = $1 AND url IS NOT NULL AND NOT replaced AND file_id < (SELECT file_id FROM newest)`,
        [productId],
      )
    },

    async replaced(after, limit) {
      const { rows } = await sql.query<{ file_id: string }>(
        `SELECT file_id FROM product_images WHERE replaced AND ($1::uuid IS NULL OR file_id > $1)
         ORDER BY file_id LIMIT $2`,
        [after, limit],
      )
      return rows.map(({ file_id: fileId }) => fileId)
    },

    async forget(fileId) {
      await sql.query('UPDATE product_images SET replaced = false, url = NULL WHERE file_id = $1 AND replaced', [
        fileId,
      ])
    },
  }
}

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
  /** Notes what became of a picture; the product shows its newest one. One of no product of ours is ignored. */
  note(image: ProductImage): Promise<void>
}

export function productImageStore(sql: Sql): ProductImageStore {
  return {
    async note({ productId, fileId, version, url }) {
      const product = await sql.query('SELECT FROM products WHERE id = $1 FOR UPDATE', [productId])
      if (product.rowCount !== 1) return
      await sql.query(
        `INSERT INTO product_images (file_id, product_id, version, url) VALUES ($1, $2, $3, $4)
         ON CONFLICT (file_id) DO UPDATE SET version = excluded.version, url = excluded.url
           WHERE product_images.version < excluded.version`,
        [fileId, productId, version, url],
      )
      // ids of files are in the order in which they were asked for
      await sql.query(
        `UPDATE products SET image_url = (SELECT url FROM product_images
           WHERE product_id = $1 AND url IS NOT NULL ORDER BY file_id DESC LIMIT 1) WHERE id = $1`,
        [productId],
      )
    },
  }
}

import type { Sql } from '@slipway/database'

export interface UserAvatar {
  userId: string
  fileId: string
  /** Counts the changes of the file: what is older than what is known changes nothing. */
  version: number
  /** False once it is gone. */
  ready: boolean
}

/** Within a transaction. */
export interface UserAvatarStore {
  /**
   * Notes what became of a picture; the user has the newest one, and those asked for earlier are replaced for good. One of
   * nobody we know is ignored.
   */
  note(avatar: UserAvatar): Promise<void>
  /** Files of replaced pictures that are there still, in the order of their ids from the one after `after` on. */
  replaced(after: string | undefined, limit: number): Promise<string[]>
  /** A replaced picture is gone. */
  forget(fileId: string): Promise<void>
}

export function userAvatarStore(sql: Sql): UserAvatarStore {
  return {
    async note({ userId, fileId, version, ready }) {
      const user = await sql.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [userId])
      if (user.rowCount !== 1) return
      await sql.query(
        `INSERT INTO user_avatars (file_id, user_id, version, ready) VALUES ($1, $2, $3, $4)
         ON CONFLICT (file_id) DO UPDATE SET version = excluded.version, ready = excluded.ready,
           replaced = user_avatars.replaced AND excluded.ready
           WHERE user_avatars.version < excluded.version`,
        [fileId, userId, version, ready],
      )
      // ids of files are in the order in which they were asked for
      await sql.query(
        `WITH newest AS (SELECT file_id FROM user_avatars
           WHERE user_id = $1 AND ready AND NOT replaced ORDER BY file_id DESC LIMIT 1),
         shown AS (UPDATE users SET avatar_file_id = (SELECT file_id FROM newest) WHERE id = $1)
         UPDATE user_avatars SET replaced = true
           WHERE user_id = $1 AND ready AND NOT replaced AND file_id < (SELECT file_id FROM newest)`,
        [userId],
      )
    },

    async replaced(after, limit) {
      const { rows } = await sql.query<{ file_id: string }>(
        `SELECT file_id FROM user_avatars WHERE replaced AND ($1::uuid IS NULL OR file_id > $1)
         ORDER BY file_id LIMIT $2`,
        [after, limit],
      )
      return rows.map(({ file_id: fileId }) => fileId)
    },

    async forget(fileId) {
      await sql.query('UPDATE user_avatars SET replaced = false, ready = false WHERE file_id = $1 AND replaced', [
        fileId,
      ])
    },
  }
}

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
  /** Notes what became of a picture; the user has the newest one. One of nobody we know is ignored. */
  note(avatar: UserAvatar): Promise<void>
}

export function userAvatarStore(sql: Sql): UserAvatarStore {
  return {
    async note({ userId, fileId, version, ready }) {
      const user = await sql.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [userId])
      if (user.rowCount !== 1) return
      await sql.query(
        `INSERT INTO user_avatars (file_id, user_id, version, ready) VALUES ($1, $2, $3, $4)
         ON CONFLICT (file_id) DO UPDATE SET version = excluded.version, ready = excluded.ready
           WHERE user_avatars.version < excluded.version`,
        [fileId, userId, version, ready],
      )
      // ids of files are in the order in which they were asked for
      await sql.query(
        `UPDATE users SET avatar_file_id = (SELECT file_id FROM user_avatars
           WHERE user_id = $1 AND ready ORDER BY file_id DESC LIMIT 1) WHERE id = $1`,
        [userId],
      )
    },
  }
}

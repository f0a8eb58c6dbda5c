import { S2SClient, UpstreamProblem, type OnBehalfOf } from '@slipway/s2s'
import { filesContract } from './contract.ts'
import type { NewUpload, Reservation } from './schemas.ts'

export class FilesClient extends S2SClient {
  /**
   * Reserves an upload and answers the form that the person's browser sends to the object store. Not repeated by itself:
   * a reservation that nobody uses ends after some minutes.
   *
   * @throws UpstreamProblem FILE_TOO_LARGE, FILE_TOO_SMALL, EXTENSION_NOT_ALLOWED, TYPE_NOT_ALLOWED, UPLOAD_NOT_ALLOWED,
   * QUOTA_EXCEEDED, TOO_MANY_FILES
   */
  reserve(body: NewUpload, as?: OnBehalfOf): Promise<Reservation> {
    return this.send(filesContract.reserve, { body, as })
  }

  /** Deletes a file that belongs to the calling service. Safe to repeat: it is gone then, whoever deleted it. */
  async remove(fileId: string): Promise<void> {
    try {
      await this.send(filesContract.remove, { params: { fileId } })
    } catch (error) {
      if (!(error instanceof UpstreamProblem && error.code === 'FILE_NOT_FOUND')) throw error
    }
  }
}

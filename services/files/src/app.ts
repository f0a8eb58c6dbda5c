import { messagingMigrations } from '@slipway/broker'
import { defineService } from '@slipway/service-kit'
import { CheckUploads } from './check/check-uploads.job.ts'
import { checkSettings, Settings } from './config.ts'
import { buildDeps } from './deps.ts'
import { deleteFileRoute } from './file/delete-file.route.ts'
import { getFileRoute } from './file/get-file.route.ts'
import { publicFileRoute } from './file/public-file.route.ts'
import { DeleteObjects } from './lifecycle/delete-objects.job.ts'
import { EraseFilesOfUser } from './lifecycle/erase-files-of-user.job.ts'
import { EraseLateFiles } from './lifecycle/erase-late-files.job.ts'
import { ExpireFiles } from './lifecycle/expire-files.job.ts'
import { RecountUsages } from './lifecycle/recount-usages.job.ts'
import { SweepOrphans } from './lifecycle/sweep-orphans.job.ts'
import { bucketCommand } from './store/bucket.command.ts'
import { receiveUploadRoute } from './store/receive-upload.route.ts'
import { sendObjectRoute } from './store/send-object.route.ts'
import { completeUploadRoute } from './upload/complete-upload.route.ts'
import { NoticeUploads } from './upload/notice-uploads.job.ts'
import { reserveUploadRoute } from './upload/reserve-upload.route.ts'

export const files = defineService({
  name: 'files',
  version: '0.1.0',
  description: 'Brokered uploads: policies, reservations, checks, storage, expiry',
  settings: Settings,
  checkSettings,
  migrations: [messagingMigrations, { schema: 'public', folder: new URL('../prisma/migrations/', import.meta.url) }],
  buildDeps,

  routes(app, deps) {
    app.register(reserveUploadRoute, { deps })
    app.register(completeUploadRoute, { deps })

    app.register(getFileRoute, { deps })
    app.register(deleteFileRoute, { deps })
    app.register(publicFileRoute, { deps })

    const { disk } = deps
    if (!disk) return // browsers go to the object store itself
    app.register(receiveUploadRoute, { deps: { disk } })
    app.register(sendObjectRoute, { deps: { disk } })
  },

  commands: (deps) => ({ bucket: bucketCommand(deps) }),

  jobs: () => [new EraseFilesOfUser()],

  periodicJobs(deps) {
    const { CHECK_LANES, CLAMD_URL } = deps.settings
    return [
      ...Array.from({ length: CHECK_LANES }, (_, lane) => new CheckUploads(deps, lane + 1, { clamdUrl: CLAMD_URL })),
      new NoticeUploads(deps),
      new ExpireFiles(deps),
      new DeleteObjects(deps),
      new EraseLateFiles(deps),
      new SweepOrphans(deps),
      new RecountUsages(deps),
    ]
  },
})

import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { DeleteObjects } from '../lifecycle/delete-objects.job.ts'
import { ExpireFiles } from '../lifecycle/expire-files.job.ts'
import { RecountUsages } from '../lifecycle/recount-usages.job.ts'
import { SweepOrphans } from '../lifecycle/sweep-orphans.job.ts'
import { pdf, png } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import { complete, person, reserve, run, send, shopkeeper, uploadChecked, wanted } from '../testing/uploading.ts'
import { NoticeUploads } from '../upload/notice-uploads.job.ts'

const minute = 60_000

/** Those of files' own that are not zero, as Prometheus reads them. */
async function scraped({ observability }: Deps) {
  const text = await observability.metrics.metrics()
  const own = text.split('\n').filter((line) => /^files?_/.test(line) && !line.endsWith(' 0'))
  return own.map((line) => line.replace(/,?service="files"/, '').replace('{}', '')).toSorted()
}

test('what is asked for, refused, ready, rejected and ended is counted; what waits is measured', async ({
  api,
  deps,
  clock,
}) => {
  await reserve(api, wanted(pdf(), { filename: 'a.exe', contentType: 'application/pdf' }))
  await reserve(api, wanted(pdf(), { size: 21 * 1_048_576 }))
  await reserve(api, { purpose: 'passport' }) // of no purpose that there is: in the metrics of requests only
  const kept = await uploadChecked({ api, deps })
  await uploadChecked({ api, deps }, Buffer.from('MZ program'), { filename: 'a.pdf' })
  await uploadChecked(
    { api, deps },
    Buffer.from('MZ program'),
    { filename: 'a.png', purpose: 'product-image' },
    shopkeeper,
  )
  await reserve(api, wanted(await png(), { filename: 'me.png', purpose: 'avatar' }))
  clock.advance(26 * minute)
  await run(new NoticeUploads(deps))
  await api.as(person).delete(`/files/v1/files/${kept.fileId}`)
  const { json } = await reserve(api, wanted(pdf()))
  await send(api, json.upload, pdf())
  await complete(api, json.fileId)
  await run(new DeleteObjects(deps))
  clock.advance(10 * minute)

  expect(await scraped(deps)).toEqual([
    'file_object_deletions_total{outcome="deleted"} 7',
    'file_uploads_refused_total{purpose="document",code="EXTENSION_NOT_ALLOWED"} 1',
    'file_uploads_refused_total{purpose="document",code="FILE_TOO_LARGE"} 1',
    'files_open{status="uploaded"} 1',
    `files_ready_bytes_total{purpose="document"} ${pdf().length}`,
    'files_total{purpose="avatar",status="expired",reason="NOT_UPLOADED"} 1',
    'files_total{purpose="avatar",status="reserved",reason=""} 1',
    'files_total{purpose="document",status="deleted",reason="DELETED"} 1',
    'files_total{purpose="document",status="ready",reason=""} 1',
    'files_total{purpose="document",status="rejected",reason="EXECUTABLE"} 1',
    'files_total{purpose="document",status="reserved",reason=""} 3',
    'files_total{purpose="document",status="uploaded",reason=""} 3',
    'files_total{purpose="product-image",status="rejected",reason="EXECUTABLE"} 1',
    'files_total{purpose="product-image",status="reserved",reason=""} 1',
    'files_total{purpose="product-image",status="uploaded",reason=""} 1',
    'files_unchecked_oldest_age_seconds 600',
  ])
})

test('what a sweep and a recount find is counted', async ({ api, deps }) => {
  const { fileId } = await uploadChecked({ api, deps })
  await deps.objects.delete((await deps.files.find(fileId))!.objectKey!)
  await run(new SweepOrphans(deps))
  await deps.database.sql.query(`UPDATE usages SET files = 17 WHERE kind = 'owner'`)
  await run(new RecountUsages(deps))
  expect(await scraped(deps)).toEqual(
    expect.arrayContaining([
      'file_orphans_total{kind="file"} 1',
      'file_usages_corrected_total 1',
      'files_total{purpose="document",status="deleted",reason="OBJECT_LOST"} 1',
    ]),
  )
})

test('what was rolled back, and a deletion that failed, is not counted as done', async ({ api, deps, clock }) => {
  const { fileId } = await uploadChecked({ api, deps })
  const expired = 'files_total{purpose="document",status="expired",reason="TIME_OVER"} 1'
  const rename = (from: string, to: string) => deps.database.sql.query(`ALTER TABLE messaging.${from} RENAME TO ${to}`)
  clock.advance(366 * 24 * 60 * minute)
  await rename('outbox', 'away')
  await expect(run(new ExpireFiles(deps))).rejects.toThrow()
  await rename('away', 'outbox')
  expect(await scraped(deps)).not.toContain(expired)
  await run(new ExpireFiles(deps))
  expect(await scraped(deps)).toContain(expired)

  const objects = { ...deps.objects, delete: () => Promise.reject(new Error('The store is away')) }
  await run(new DeleteObjects({ ...deps, objects }))
  expect((await deps.files.find(fileId))?.status).toBe('expired')
  expect(await scraped(deps)).toContain('file_object_deletions_total{outcome="failed"} 2')
})

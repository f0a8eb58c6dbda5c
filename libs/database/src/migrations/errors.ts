/** A sentence for whoever runs migrations; nothing was changed by the migration it speaks of. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed'
}

/** For services of one machine: modest memory, loopback only, no locale but C. What the caller gives wins. */
const common = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  max_wal_size: '512MB',
  jit: 'off',
  io_method: 'sync',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A failed statement is for its caller to log: here it would repeat, at no bound, what may be personal data.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  client_connection_check_interval: '10s',
}

const durable = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }

const disposable = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
}

/** Says on the command line whose data the server holds: its `-D` may mean something to the process alone. */
export const folderMark = (dataDir: string) => `slipway.data_folder=${dataDir}`

export function serverArguments(options: {
  dataDir: string
  /** The same folder, as the server is to address it. */
  address: string
  port: number
  durable: boolean
  settings?: Record<string, string>
}): string[] {
  const settings = {
    ...common,
    ...(options.durable ? durable : disposable),
    ...options.settings,
    port: String(options.port),
  }
  const given = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  return ['-D', options.address, ...[folderMark(options.dataDir), ...given].flatMap((setting) => ['-c', setting])]
}

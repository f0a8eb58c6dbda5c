/** Where benchmarks run: a database server and a RabbitMQ to which they may do anything under names of their own. */
export const postgresUrl = process.env['BENCH_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'
export const amqpUrl = process.env['BENCH_AMQP_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672'

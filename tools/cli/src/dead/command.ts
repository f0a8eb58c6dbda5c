import { NoSuchQueue, NotSetUp, openDeadLetters, type DeadLetters } from '@slipway/broker'
import { InvalidSettings, type Environment } from '@slipway/config'
import { createAudit, createStderrLogger } from '../audit.ts'
import { dataDirOf, explainFailure, findBroker, Refusal } from '../platform/find-platform.ts'
import { list, settle, show } from './actions.ts'
import { knownQueues } from './known-queues.ts'
import { readOptions, usage, type Options } from './options.ts'

/** Exit code: 0 when done, 1 when something was not found or failed, 2 for wrong options. */
export async function deadCommand(args: string[], environment: Environment): Promise<number> {
  let options: Options | undefined
  try {
    options = readOptions(args)
  } catch (error) {
    return (complain(`${(error as Error).message}\n\n${usage}`), 2)
  }
  if (!options) return (print(usage), 0)
  const place = environment['AMQP_URL'] ? 'RabbitMQ' : 'The events database'
  try {
    return await run(options, environment)
  } catch (error) {
    const foreseen = [Refusal, NoSuchQueue, NotSetUp, InvalidSettings].some((type) => error instanceof type)
    complain(foreseen ? (error as Error).message : (explainFailure(error, place) ?? String((error as Error).stack)))
    return 1
  }
}

async function run(options: Options, environment: Environment): Promise<number> {
  const settings = await findBroker(environment, dataDirOf(options.dataDir, environment))
  const logger = createStderrLogger()
  const letters = await openDeadLetters({ settings, known: settings.AMQP_URL ? knownQueues() : [], logger })
  try {
    return await act(letters, options, { print, audit: createAudit(logger, environment) })
  } finally {
    await letters.close()
  }
}

function act(letters: DeadLetters, options: Options, means: Parameters<typeof settle>[2]): Promise<number> {
  const { action } = options
  if (action === 'list') return list(letters, options, means.print)
  if (action === 'show') return show(letters, options, means.print)
  return settle(letters, { ...options, action }, means)
}

const print = (text: string) => void process.stdout.write(`${text}\n`)
const complain = (text: string) => void process.stderr.write(`${text}\n`)

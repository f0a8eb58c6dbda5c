import type { FastifyRequest } from 'fastify'
import { networkOf } from '../attempt/network.ts'
import type { Origin } from './session.ts'

const longestUserAgent = 300

export const originOf = ({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>): Origin => ({
  address: ip,
  network: networkOf(ip),
  userAgent: headers['user-agent']?.slice(0, longestUserAgent) ?? null,
})

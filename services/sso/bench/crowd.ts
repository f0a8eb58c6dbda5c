import { Pool } from 'undici'
import { email, password } from './person.ts'

/** People who log in over and over, in a process of their own: node crowd.ts <origin> <people>. Told to stop, it says how many times they did. */
const [origin = '', people] = process.argv.slice(2)
const crowd = Number(people)
const pool = new Pool(origin, { connections: crowd })
let [going, done] = [true, 0]
process.once('message', () => (going = false))

const body = JSON.stringify({ email, password })
const logIn = async () => {
  while (going) {
    const { statusCode, body: answer } = await pool.request({
      path: '/sso/v1/sessions',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    await answer.dump()
    if (statusCode === 201 && ++done === 1) process.send!('started')
  }
}
await Promise.all(Array.from({ length: crowd }, logIn))
await pool.close()
process.send!(done)
process.disconnect()

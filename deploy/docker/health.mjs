// The container's health check: exit code 0 when the service says that it can serve.
const { SERVICE, PORT } = process.env
const answer = await fetch(`http://127.0.0.1:${PORT}/${SERVICE}/health/ready`, { signal: AbortSignal.timeout(4_000) })
if (!answer.ok) {
  console.log(await answer.text())
  process.exit(1)
}

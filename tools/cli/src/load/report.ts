import { lineChart } from './chart.ts'
import type { StageResult } from './measurements.ts'

export interface LoadReport {
  title: string
  baseUrl: string
  startedAt: string
  results: StageResult[]
  verdict: string
}

/** The result as one HTML page that needs nothing else. */
export function renderReport({ title, baseUrl, startedAt, results, verdict }: LoadReport): string {
  const labels = results.map(({ offered }) => `${offered}/s`)
  const chart = (heading: string, unit: string, ...series: [name: string, color: string, of: Pick][]) =>
    `<section><h2>${heading}</h2>${lineChart({
      unit,
      labels,
      series: series.map(([name, color, of]) => ({ name, color, values: results.map(of) })),
    })}</section>`
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escape(title)}</title>
<style>${style}</style>
<h1>${escape(title)}</h1>
<p>${escape(baseUrl)}, ${escape(startedAt)}</p>
<p class="verdict">${escape(verdict)}</p>
<div class="charts">
${chart('Visits', 'visits a second', ['offered', '#9aa5b1', (r) => r.offered], ['carried', '#1a7f5a', (r) => r.achieved])}
${chart('Requests', 'requests a second', ['answered', '#1a7f5a', (r) => r.requests.perSecond])}
${chart('Time of a request', 'ms', ['p50', '#2563eb', (r) => r.requests.p50], ['p99', '#b45309', (r) => r.requests.p99])}
${chart('Event lag: paid at the bank until the cart is paid', 'ms', ['p50', '#2563eb', (r) => r.eventLag.p50], ['p99', '#b45309', (r) => r.eventLag.p99])}
${chart('Visits that failed or could not start', 'visits', ['failed', '#b91c1c', (r) => r.failed], ['turned away', '#7c3aed', (r) => r.turnedAway])}
</div>
${results.map(stageTable).join('\n')}
</html>
`
}

type Pick = (result: StageResult) => number

function stageTable({ offered, byRequest, errors }: StageResult): string {
  const rows = Object.entries(byRequest)
    .toSorted(([, left], [, right]) => right.p99 - left.p99)
    .map(
      ([name, { count, p50, p99 }]) =>
        `<tr><td>${escape(name)}</td><td>${count}</td><td>${p50.toFixed(1)}</td><td>${p99.toFixed(1)}</td></tr>`,
    )
  const wrong = Object.entries(errors).map(([message, count]) => `<li>${count} × ${escape(message)}</li>`)
  return `<details><summary>At ${offered} visits a second</summary>
<table><tr><th>request</th><th>count</th><th>p50 ms</th><th>p99 ms</th></tr>${rows.join('')}</table>
${wrong.length > 0 ? `<ul>${wrong.join('')}</ul>` : ''}</details>`
}

const escape = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

const style = `
body{font:15px/1.5 system-ui,sans-serif;color:#1f2933;max-width:1360px;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:0} h2{font-size:1rem;margin:1.5rem 0 0}
.verdict{font-size:1.1rem;font-weight:600}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(520px,1fr));gap:1rem 2rem}
svg{width:100%;height:auto} svg text{font-size:11px;fill:#616e7c} .grid{stroke:#e4e7eb}
.legend{margin:.25rem 0;font-size:.85rem} .legend span{margin-right:1rem}
.legend i{display:inline-block;width:.8rem;height:.8rem;border-radius:2px;margin-right:.3rem;vertical-align:-1px}
.legend b{font-weight:400;color:#616e7c}
table{border-collapse:collapse;margin:.5rem 0} td,th{padding:.15rem .8rem;text-align:right} td:first-child,th:first-child{text-align:left}
tr:nth-child(even){background:#f5f7fa} summary{cursor:pointer;margin-top:1rem}`

import { createHash } from 'node:crypto'

/** The one style sheet, inline so that a page is one request. */
export const style = `
:root{--ink:#0f1f38;--soft:#5a6b85;--line:#c9d2df;--accent:#2455e6;--accent-dark:#1b43bb;--bad:#b3202c;--good:#12704a;--paper:#fff}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--ink);background:#eef2f8}
h1,h2,p,dl,dd,ul{margin:0;padding:0}
ul{list-style:none}
a{color:var(--accent)}
.shell{min-height:100vh;display:flex;flex-direction:column}
.bar{display:flex;align-items:center;justify-content:space-between;gap:1rem;width:100%;max-width:62rem;margin:0 auto;padding:1.25rem 1.5rem}
.bank{display:flex;align-items:center;gap:.6rem;font-weight:650;letter-spacing:-.01em}
.bank svg{width:1.75rem;height:1.75rem}
.mode{padding:.2rem .65rem;border-radius:99px;background:#ffe9b8;color:#6b4500;font-size:.8125rem;font-weight:600;white-space:nowrap}
.page{flex:1;display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);grid-template-areas:"order form" "cards form";grid-template-rows:auto 1fr;gap:1.5rem 3.5rem;align-items:start;width:100%;max-width:62rem;margin:0 auto;padding:1.5rem 1.5rem 3rem}
.order{grid-area:order;padding-top:.5rem}
.order h1{font-size:1.0625rem;font-weight:500;color:var(--soft)}
.amount{font-size:clamp(1.5rem,8.5vw,2.75rem);line-height:1.15;font-weight:680;letter-spacing:-.03em;font-variant-numeric:tabular-nums;margin:.15rem 0 1rem;overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.25rem 1.25rem;font-size:.875rem;color:var(--soft)}
.facts dd{color:var(--ink);overflow-wrap:anywhere}
.panel{background:var(--paper);border:1px solid #dde4ee;border-radius:16px;box-shadow:0 1px 2px rgba(15,31,56,.05),0 12px 32px rgba(15,31,56,.08);padding:1.75rem}
.form{grid-area:form}
h2{font-size:1.1875rem;line-height:1.3;font-weight:650;letter-spacing:-.01em}
.cards{grid-area:cards;padding:1.1rem 1.25rem;border:1px dashed #b9c5d8;border-radius:12px;font-size:.875rem}
.cards h2{font-size:.875rem;margin-bottom:.15rem}
.cards p{color:var(--soft);margin-bottom:.6rem}
.cards li{display:grid;align-items:baseline;grid-template-columns:11.5rem minmax(0,1fr);gap:.25rem .75rem;padding:.3rem 0;border-top:1px solid #dce3ee}
.cards code,.mono{font:500 .8438rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;white-space:nowrap}
.field{margin-top:1.1rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem;align-items:start}
label{display:block;font-size:.875rem;font-weight:600;margin-bottom:.35rem}
input{width:100%;min-height:3rem;padding:.6rem .85rem;font:inherit;font-variant-numeric:tabular-nums;color:inherit;background:#fff;border:1px solid #8794a8;border-radius:10px}
input::placeholder{color:#68778e;opacity:1}
input[aria-invalid=true]{border-color:var(--bad);box-shadow:0 0 0 1px var(--bad)}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid #9db6ff;outline-offset:2px;border-color:var(--accent)}
.wrong{display:block;margin-top:.35rem;font-size:.875rem;color:var(--bad)}
.alert{margin-top:1rem;padding:.75rem .9rem;border-radius:10px;background:#fdecee;color:#8d1620;font-size:.9375rem}
button,.button{display:flex;align-items:center;justify-content:center;gap:.6rem;width:100%;min-height:3.125rem;padding:.75rem 1rem;font:inherit;font-weight:650;text-align:center;text-decoration:none;overflow-wrap:anywhere;color:#fff;background:var(--accent);border:1px solid transparent;border-radius:10px;cursor:pointer}
button svg{flex:none;width:1rem;height:1rem}
button:hover,.button:hover{background:var(--accent-dark)}
button.quiet{color:var(--ink);background:#fff;border-color:#8794a8}
button.quiet:hover{background:#f1f4f9}
.actions{margin-top:1.5rem;display:grid;grid-template-columns:minmax(0,1fr);gap:.75rem}
.single h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.02em}
.fine{text-wrap:balance;margin-top:1rem;font-size:.8125rem;color:var(--soft);text-align:center}
.back{display:block;margin-top:.75rem;font-size:.9375rem;text-align:center}
.single{flex:1;width:100%;max-width:30rem;margin:0 auto;padding:1.5rem 1.5rem 3rem}
.lead{text-wrap:pretty;margin-top:.5rem;color:var(--soft)}
.sign{display:block;width:3rem;height:3rem;margin-bottom:1.1rem}
.good{color:var(--good)}
.bad{color:var(--bad)}
.plain{color:var(--soft)}
.ask{margin-top:1.25rem;padding:1rem 1.1rem;border-radius:12px;background:#f1f4fa}
.ask .facts{font-size:.9375rem}
.foot{width:100%;max-width:62rem;margin:0 auto;padding:1.25rem 1.5rem;font-size:.8125rem;color:var(--soft)}
@media(max-width:46rem){
.foot{padding:1rem 1.125rem;text-align:center}
.bar{padding:1rem 1.125rem}
.page{grid-template-columns:minmax(0,1fr);grid-template-areas:"order" "form" "cards";grid-template-rows:none;gap:1.25rem;padding:.25rem 1.125rem 2rem}
.single{padding:.5rem 1.125rem 2rem}
.amount{margin-bottom:.5rem}
.panel{padding:1.25rem}
}
@media(max-width:46rem){.cards li{grid-template-columns:10.25rem minmax(0,1fr)}}
@media(max-width:24rem){.cards li{grid-template-columns:minmax(0,1fr);gap:0}}
`

/** Lets browsers run this very style and no other. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { root } from '../files.ts'

export interface Variable {
  name: string
  value?: string
  valueFrom?: { secretKeyRef: { name: string; key: string } }
}
export interface Container {
  name: string
  image: string
  args?: string[]
  ports?: { name: string; containerPort: number }[]
  envFrom?: { configMapRef: { name: string } }[]
  env?: Variable[]
  securityContext?: object
  resources?: { requests?: object; limits?: object }
  [probe: string]: unknown
}
export interface Manifest {
  apiVersion: string
  kind: string
  metadata: { name: string; labels?: Record<string, string> }
  // each kind has its own shape, which the compiler has checked before
  spec: ReturnType<typeof JSON.parse>
  data: Record<string, string>
}

export const overlays = ['local', 'staging', 'production'] as const

/** What `kubectl apply -k` would send. */
export function render(overlay: string): Manifest[] {
  const text = execFileSync('kubectl', ['kustomize', join(root, 'k8s/overlays', overlay)], { encoding: 'utf8' })
  return parseAllDocuments(text).map((document) => document.toJSON() as Manifest)
}

import { addImport, addToList } from '../edit.ts'
import { Refusal } from '../refusal.ts'

interface Client {
  owner: string
  scope: string
  /** `giftCards` */
  variable: string
  /** `GiftCardsClient` */
  Client: string
  /** `GIFT_CARDS_URL` */
  URL: string
}

/** What `buildDeps` takes apart, makes and hands on so that the service can call. @throws Refusal for code of another shape */
export function buildClient(text: string, { owner, scope, variable, Client, URL }: Client, path: string): string {
  const made = `  const ${variable} = new ${Client}({ ...calls, name: '${owner}', baseUrl: settings.${URL}, tokens })\n`
  let code = addImport(text, `import { ${Client} } from '${scope}/contracts/${owner}'`)
  if (code.includes('new ServiceTokens(')) {
    code = code.replace(/\n {2}return \{\n/, `\n${made}  return {\n    ${variable},\n`)
    return addToList(code, /close\(\) \{[\s\S]*?Promise\.all\(\[([^\]]*)\]/, `${variable}.close()`, path)
  }
  code = addImport(code, `import { clientOptions, ServiceTokens } from '${scope}/s2s'`)
  const platform = /buildDeps\(\{([^}]*)\}: Platform<Settings>\)/
  if (!platform.test(code) || !/\n {2}return \{\n/.test(code))
    throw new Refusal([
      `${path} has no buildDeps({ … }: Platform<Settings>) that returns { … }: build ${Client} there by hand`,
    ])
  code = addToList(code, platform, 'dispatcher', path).replace(',dispatcher', ', dispatcher')
  return code.replace(
    /\n {2}return \{\n([\s\S]*?)\n {2}\}\n\}/,
    (_, returned: string) => `
  const calls = { ...clientOptions(settings), observability, dispatcher }
  const tokens = new ServiceTokens({
    ...calls,
    ssoUrl: settings.SSO_URL,
    metadataUrl: settings.SSO_METADATA_URL,
    scope: settings.CLIENT_SCOPE,
    clientId: settings.CLIENT_ID ?? source,
    clientSecret: settings.CLIENT_SECRET,
    clock,
  })
${made}
  return {
${returned}
    ${variable},
    async close() {
      await Promise.all([${variable}.close(), tokens.close()])
    },
  }
}`,
  )
}

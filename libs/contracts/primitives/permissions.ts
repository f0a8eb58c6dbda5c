/** The permissions that one service checks on its routes, each with the roles that bring it. */
export type Permissions = Readonly<Record<string, { readonly description: string; readonly roles: readonly string[] }>>

/** Declares permissions, named `<what>:<verb>`. SSO merges those of every service into its roles. */
export const definePermissions = <Declared extends Permissions>(permissions: Declared): Declared => permissions

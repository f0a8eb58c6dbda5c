import type { Sql } from '@slipway/database'

/** Own tables of the migration runner, and what extensions bring along, are nobody's migration. */
const own = (oid: string, catalog: string) => `
  n.nspname = ANY($1) AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`
const ofTables = `
  pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relname NOT LIKE '\\_prisma\\_migrations%' AND ${own('c.oid', 'pg_class')}`

/** One query for each kind of thing; each gives lines of text that say all that matters about one thing. */
const queries: readonly string[] = [
  `SELECT format('%s %I.%I options %s privileges %s', CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table'
     WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' END, n.nspname, c.relname,
     coalesce((SELECT string_agg(option, ',' ORDER BY option) FROM unnest(c.reloptions) option), '(none)'),
     coalesce(c.relacl::text, '(none)'))
     || CASE WHEN c.relkind IN ('v', 'm') THEN ' as ' || pg_get_viewdef(c.oid) ELSE '' END
     || CASE WHEN c.relrowsecurity THEN ' row security' ELSE '' END AS line
   FROM ${ofTables} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
  `SELECT format('column %I.%I.%I %s%s%s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
     CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
     coalesce(CASE WHEN a.attgenerated <> '' THEN ' generated as ' ELSE ' default ' END || pg_get_expr(e.adbin, e.adrelid), ''),
     CASE a.attidentity WHEN 'a' THEN ' identity always' WHEN 'd' THEN ' identity' ELSE '' END,
     CASE WHEN a.attcollation <> t.typcollation THEN ' collate ' || a.attcollation::regcollation ELSE '' END) AS line
   FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum, ${ofTables}
     AND c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped`,
  `SELECT format('constraint %I on %I.%I %s%s', k.conname, n.nspname, c.relname, pg_get_constraintdef(k.oid),
     CASE WHEN k.convalidated THEN '' ELSE ' not valid' END) AS line
   FROM pg_constraint k, ${ofTables} AND c.oid = k.conrelid AND k.contype <> 'n'`,
  `SELECT format('constraint %I on domain %s %s', k.conname, t.oid::regtype, pg_get_constraintdef(k.oid)) AS line
   FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
   WHERE ${own('t.oid', 'pg_type')}`,
  `SELECT pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END AS line
   FROM pg_index i, ${ofTables} AND c.oid = i.indrelid`,
  `SELECT format('%s (%s)', pg_get_triggerdef(g.oid), g.tgenabled) AS line
   FROM pg_trigger g, ${ofTables} AND c.oid = g.tgrelid AND NOT g.tgisinternal`,
  `SELECT format('policy %I on %I.%I for %s to %s using %s check %s', p.polname, n.nspname, c.relname, p.polcmd,
     p.polroles::regrole[]::text, pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid)) AS line
   FROM pg_policy p, ${ofTables} AND c.oid = p.polrelid`,
  `SELECT format('sequence %I.%I %s start %s by %s from %s to %s%s', n.nspname, c.relname, format_type(s.seqtypid, NULL),
     s.seqstart, s.seqincrement, s.seqmin, s.seqmax, CASE WHEN s.seqcycle THEN ' cycle' ELSE '' END) AS line
   FROM pg_sequence s, ${ofTables} AND c.oid = s.seqrelid`,
  `SELECT pg_get_functiondef(f.oid) AS line FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
   WHERE f.prokind IN ('f', 'p', 'w') AND ${own('f.oid', 'pg_proc')}`,
  `SELECT format('aggregate %s', f.oid::regprocedure) AS line FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
   WHERE f.prokind = 'a' AND ${own('f.oid', 'pg_proc')}`,
  `SELECT format('type %I.%I %s %s', n.nspname, t.typname, t.typtype, coalesce(
     (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
     format_type(t.typbasetype, t.typtypmod), '')) AS line
   FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
   WHERE (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c') AND ${own('t.oid', 'pg_type')}`,
  `SELECT format('comment on %s%s: %s', c.oid::regclass, coalesce('.' || a.attname, ''), o.description) AS line
   FROM pg_description o LEFT JOIN pg_attribute a ON a.attrelid = o.objoid AND a.attnum = o.objsubid AND o.objsubid > 0,
     ${ofTables} AND c.oid = o.objoid AND o.classoid = 'pg_class'::regclass`,
  `SELECT format('extension %I %s', x.extname, x.extversion) AS line FROM pg_extension x WHERE cardinality($1::text[]) > 0`,
]

/**
 * Everything in these schemas as sorted lines, read from the catalogs. Names count; the order of columns does not, since
 * a column that comes back comes back last.
 */
export async function dumpSchemas(sql: Sql, schemas: readonly string[]): Promise<string[]> {
  const lines: string[] = []
  await sql.query(`SET search_path TO ''`) // names are written with their schema then
  for (const query of queries) {
    const { rows } = await sql.query<{ line: string }>(query, [schemas])
    lines.push(...rows.map(({ line }) => line))
  }
  return lines.sort()
}

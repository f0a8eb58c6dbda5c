import { expect, test } from 'vitest'
import { changesData } from './changes-data.ts'

test.each([
  ['an update', `ALTER TABLE orders ADD COLUMN first text; UPDATE "orders" SET first = name`],
  ['a delete behind a comment', `-- older code knows none\nDELETE FROM orders WHERE paid`],
  ['an insert', `/* the first */ insert into orders VALUES (1)`],
  ['a merge', `MERGE INTO orders USING old ON orders.id = old.id WHEN MATCHED THEN DO NOTHING`],
  ['a truncate', 'TRUNCATE orders'],
  ['an update after WITH', `WITH old AS (SELECT id FROM orders) UPDATE orders SET paid = true FROM old`],
  ['a delete inside WITH', `WITH gone AS (DELETE FROM orders RETURNING id) SELECT count(*) FROM gone`],
  ['an update in a block', `DO $$ BEGIN UPDATE orders SET paid = true; END $$`],
  ['an update in a branch', `DO $do$ BEGIN IF true THEN UPDATE orders SET paid = true; END IF; END $do$`],
  ['a delete in a loop', `DO $$ BEGIN LOOP DELETE FROM orders; EXIT; END LOOP; END $$`],
  [
    'an update that a loop reads',
    `DO $$ DECLARE r record; BEGIN FOR r IN UPDATE orders SET id = 1 RETURNING id LOOP END LOOP; END $$`,
  ],
  ['a block in quotes', `DO 'BEGIN DELETE FROM orders WHERE name = ''x''; END'`],
  ['what a block puts together', `DO $$ BEGIN EXECUTE format('UPDATE %I SET paid = true', 'orders'); END $$`],
  ['an insert after a text that ends with a backslash', String.raw`SELECT 'C:\'; INSERT INTO orders VALUES (1)`],
])('%s changes data', (_, script) => {
  expect(changesData(script)).toBe(true)
})

test.each([
  ['a comment', '-- UPDATE orders SET paid = true\nSELECT 1; /* DELETE FROM orders; */'],
  ['a text', `SELECT 'it''s; DELETE FROM orders'; SELECT E'\\'; DELETE FROM orders'`],
  ['a name', `ALTER TABLE orders ADD COLUMN "; DELETE FROM orders" text; DROP TABLE "update x"`],
  ['a foreign key', 'ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id) ON DELETE CASCADE ON UPDATE RESTRICT'],
  ['a trigger', 'CREATE TRIGGER t BEFORE UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION stop()'],
  ['a policy', 'CREATE POLICY p ON orders FOR UPDATE USING (true)'],
  ['a rule', 'CREATE RULE r AS ON INSERT TO orders DO ALSO (UPDATE counts SET n = n + 1)'],
  ['a grant', 'GRANT SELECT, UPDATE (paid), DELETE ON orders TO app'],
  ['a lock', 'SELECT id FROM orders FOR UPDATE'],
  ['a function', `CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $f$ SELECT 1; UPDATE orders SET paid = true $f$`],
  ['a function of SQL', 'CREATE FUNCTION f() RETURNS void BEGIN ATOMIC SELECT 1; DELETE FROM orders; END; SELECT 1'],
  [
    'a function in a block',
    `DO $$ BEGIN CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $f$ DELETE FROM orders $f$; END $$`,
  ],
  ['a block that makes a type', `DO $$ BEGIN CREATE TYPE change AS ENUM ('insert', 'update'); END $$`],
])('%s that speaks of it changes none', (_, script) => {
  expect(changesData(script)).toBe(false)
})

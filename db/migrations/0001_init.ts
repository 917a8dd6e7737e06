import type { CreateTableBuilder, Kysely } from 'kysely';
import type { Engine } from '../engine.ts';

type Columns = Record<string, 'text' | 'text?' | 'bigint' | 'bigint?' | 'integer'>;

/** Creates every table. Keys are the natural ones; a table that is read by its key alone is kept in key order. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const table = async (name: string, columns: Columns, key: readonly string[], layout: 'heap' | 'by-key' = 'heap') => {
    let create: CreateTableBuilder<string, string> = db.schema.createTable(name);
    const numbered = layout === 'heap' && key.length === 1 && columns[key[0] ?? ''] === 'integer';
    for (const [column, type] of Object.entries(columns)) {
      create = create.addColumn(column, type.replace('?', '') as 'text' | 'bigint' | 'integer', (definition) => {
        if (numbered && column === key[0]) return definition.primaryKey();
        return type.endsWith('?') ? definition : definition.notNull();
      });
    }
    if (!numbered) create = create.addPrimaryKeyConstraint(`${name}_pk`, [...key]);
    await (layout === 'by-key' ? engine.byKey(create) : create).execute();
  };

  await table('meta', { key: 'text', value: 'text' }, ['key']);
  await table('run', { id: 'integer', started_at: 'bigint', finished_at: 'bigint?', policy: 'text', version: 'text' }, [
    'id',
  ]);
  await table('source', { no: 'integer', name: 'text' }, ['no']);
  await table(
    'stream',
    {
      no: 'integer',
      source: 'integer',
      name: 'text',
      generation: 'bigint',
      fence: 'bigint',
      running: 'integer',
      cursor: 'text?',
      items: 'bigint',
      quarantined: 'bigint',
      heartbeat_at: 'bigint',
      baseline_at: 'bigint',
      baseline_open: 'integer',
      held: 'text?',
    },
    ['no'],
  );
  await table(
    'blind_spot',
    { stream: 'integer', seq: 'bigint', subject: 'text', reason: 'text', detail: 'text', expected: 'integer' },
    ['stream', 'seq'],
    'by-key',
  );
  await table(
    'record',
    {
      pk: 'integer',
      source: 'integer',
      kind: 'text',
      id: 'text',
      stream: 'integer',
      generation: 'bigint',
      defined: 'bigint',
      hash: 'text',
      volatile: 'text',
      words: 'text',
      first_seen: 'bigint',
      last_seen: 'bigint',
      gone_at: 'bigint?',
    },
    ['pk'],
  );
  await table('body', { record: 'integer', body: 'text' }, ['record']);
  await table(
    'link',
    { source: 'integer', kind: 'text', id: 'text', record: 'integer', rel: 'text' },
    ['source', 'kind', 'id', 'record', 'rel'],
    'by-key',
  );
  await table('secret', { fingerprint: 'text', record: 'integer' }, ['fingerprint', 'record'], 'by-key');
  await table(
    'record_event',
    { at: 'bigint', record: 'integer', type: 'text', fields: 'text' },
    ['at', 'record', 'type'],
    'by-key',
  );
  await table('ownership', { key: 'text', body: 'text', orphan: 'integer' }, ['key'], 'by-key');
  await table('owned', { record: 'integer', ownership: 'text' }, ['record']);
  await table('holder', { person: 'text', ownership: 'text' }, ['person', 'ownership'], 'by-key');
  await table('assertion', { key: 'text', body: 'text' }, ['key']);
  await table('person', { id: 'text', body: 'text', mark: 'bigint' }, ['id']);
  await table('alias', { alias: 'text', person: 'text', mark: 'bigint' }, ['alias', 'person'], 'by-key');
  await table(
    'finding',
    {
      pk: 'integer',
      id: 'text',
      check: 'text',
      source: 'text',
      kind: 'text',
      subject: 'text',
      subject_name: 'text',
      title: 'text',
      severity: 'integer',
      threat: 'text',
      initiative: 'text',
      environment: 'text',
      owner: 'text?',
      assignee: 'text?',
      words: 'text',
      cargo: 'text',
      signature: 'text',
      state: 'text',
      disposition: 'text',
      disposition_until: 'bigint?',
      shown: 'text',
      reopened: 'integer',
      first_seen: 'bigint',
      last_seen: 'bigint',
      opened_at: 'bigint',
      resolved_at: 'bigint?',
      last_run: 'bigint',
    },
    ['pk'],
  );
  await table(
    'finding_event',
    { seq: 'integer', finding: 'integer', at: 'bigint', type: 'text', actor: 'text', note: 'text?' },
    ['seq'],
  );
  await table('risk', { id: 'text', body: 'text', updated_at: 'bigint' }, ['id']);
  await table('decision', { id: 'text', subject: 'text', status: 'text', requested_at: 'bigint', body: 'text' }, [
    'id',
  ]);
  await table(
    'coverage',
    {
      run: 'bigint',
      source: 'text',
      stream: 'text',
      outcome: 'text',
      reason: 'text?',
      detail: 'text?',
      items: 'bigint',
      quarantined: 'bigint',
    },
    ['run', 'source', 'stream'],
  );
  await table(
    'check_coverage',
    {
      run: 'bigint',
      check: 'text',
      source: 'text',
      pass: 'bigint',
      fail: 'bigint',
      unknown: 'bigint',
      because: 'text',
    },
    ['run', 'check', 'source'],
  );
  await table(
    'audit',
    {
      seq: 'integer',
      at: 'bigint',
      actor: 'text',
      account: 'text',
      action: 'text',
      subject: 'text',
      body: 'text',
      previous: 'text',
      hash: 'text',
    },
    ['seq'],
  );
  await table(
    'daily',
    { day: 'text', check: 'text', severity: 'integer', shown: 'text', count: 'bigint' },
    ['day', 'check', 'severity', 'shown'],
    'by-key',
  );

  const index = (name: string, on: string, columns: string[]) => db.schema.createIndex(name).on(on).columns(columns);
  await index('source_name', 'source', ['name']).unique().execute();
  await index('stream_name', 'stream', ['source', 'name']).unique().execute();
  await index('record_address', 'record', ['source', 'kind', 'id']).unique().execute();
  await index('record_stream', 'record', ['stream']).execute();
  await index('record_first_seen', 'record', ['first_seen']).execute();
  await index('record_event_record', 'record_event', ['record']).execute();
  await index('ownership_orphan', 'ownership', ['key']).where('orphan', '=', 1).execute();
  await index('finding_id', 'finding', ['id']).unique().execute();
  await index('finding_worst', 'finding', ['severity desc', 'first_seen', 'id']).execute();
  await index('finding_risk', 'finding', ['initiative', 'threat', 'id']).execute();
  await index('finding_subject', 'finding', ['kind', 'source', 'subject']).execute();
  await index('finding_due', 'finding', ['disposition_until']).where('disposition_until', 'is not', null).execute();
  await index('finding_event_finding', 'finding_event', ['finding', 'seq']).execute();
  await index('finding_event_at', 'finding_event', ['at']).execute();
  await index('finding_event_lapsed', 'finding_event', ['seq']).where('type', '=', 'acceptance-expired').execute();
  await engine.appendOnly(db, 'audit');
  await engine.appendOnly(db, 'finding_event');
}

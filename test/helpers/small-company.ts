import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { seeded } from '../../scanners/secrets/samples.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { Risk } from '../../src/core/risk.ts';
import { DAY } from '../../src/core/time.ts';
import { rollcall, type Ran } from './run-cli.ts';

/** The first morning of a small company's register: a Monday. */
export const MONDAY = Date.UTC(2027, 0, 4, 9);

const staff = ['ana', 'bruno', 'carla', 'eva', 'ines'] as const;
export type Somebody = (typeof staff)[number];

/** A company whose things, people and policy a test changes from day to day, and its register. */
export interface SmallCompany {
  /** Writes a file of the company's folder `flows`, or takes it away. */
  flow(name: string, document: object | undefined): void;
  /** Who is in the people directory, beside what they are usually listed as. */
  people(more?: Partial<Record<Somebody, { name?: string; emails?: string; status?: string }>>): void;
  policy(more?: object): void;
  /** Runs a command on a day; the first one is 1. */
  on(day: number, ...args: string[]): Promise<Ran>;
  scan(day: number): Promise<Ran>;
  findings(day: number, ...filter: string[]): Promise<Finding[]>;
  risks(day: number): Promise<Risk[]>;
  decide(day: number, by: string, id: string, what: string, ...more: string[]): Promise<Ran>;
}

/** `2027-01-04` for the first day. */
export function dateOf(day: number): string {
  return new Date(MONDAY + (day - 1) * DAY).toISOString().slice(0, 10);
}

/** A workflow of n8n that a person owns, with a literal key where one is given, open to everybody where it is. */
export function flowOf(owner: Somebody, name: string, { key, open }: { key?: string; open?: boolean } = {}): object {
  const value = { name: 'X-API-KEY', value: key };
  const start = open
    ? { name: 'Called', type: 'n8n-nodes-base.webhook', parameters: { path: 'in', httpMethod: 'POST' } }
    : { name: 'Nightly', type: 'n8n-nodes-base.scheduleTrigger', parameters: {} };
  const call = {
    name: 'Call',
    type: 'n8n-nodes-base.httpRequest',
    parameters: {
      url: 'https://erp.lindenhof.example/orders',
      ...(key !== undefined && { sendHeaders: true, headerParameters: { parameters: [value] } }),
    },
  };
  const project = { id: `pr-${owner}`, name: `${owner} <${owner}@lindenhof.example>`, type: 'personal' };
  return {
    id: name.toLowerCase(),
    name,
    active: true,
    settings: { executionOrder: 'v1', saveDataSuccessExecution: 'all', saveDataErrorExecution: 'all' },
    shared: [{ role: 'workflow:owner', project }],
    nodes: [start, call],
    connections: {},
  };
}

/** A value that nobody could take for anything but a secret, the same for the same number. */
export function keyOf(number: number): string {
  return seeded(number).chars('0123456789abcdef', 40);
}

/** A company for each test of a file: five people who are all here, no flows, and production everywhere. */
export function smallCompany(): SmallCompany {
  let folder = '';
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const company: SmallCompany = {
    flow: (name, document) => {
      const path = `flows/${name}.json`;
      if (document === undefined) rmSync(join(folder, path));
      else write(path, JSON.stringify(document));
    },
    people: (more = {}) => {
      const rows = staff.map((key, number) => {
        const { name = `${key} lindt`, emails = `${key}@lindenhof.example`, status = 'active' } = more[key] ?? {};
        return `p${number},${name},${emails},${status}`;
      });
      write('people.csv', ['id,name,emails,status', ...rows].join('\n'));
    },
    policy: (more = {}) => {
      const environments = { rules: [{ match: 'flows', is: 'production' }] };
      write('policy.yaml', JSON.stringify({ id: 'p', title: 'P', extends: 'baseline', environments, ...more }));
    },
    on: (day, ...args) => rollcall(folder, args, { now: MONDAY + (day - 1) * DAY, columns: 200 }),
    scan: (day) => company.on(day, 'scan', '--fail-on', 'never'),
    findings: async (day, ...filter) =>
      JSON.parse((await company.on(day, 'findings', '--json', ...filter)).out) as Finding[],
    risks: async (day) => JSON.parse((await company.on(day, 'risks', '--all', '--json')).out) as Risk[],
    decide: (day, by, id, what, ...more) =>
      company.on(day, 'decide', id, what, '--by', by.includes('@') ? by : `${by}@lindenhof.example`, ...more),
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-company-'));
    mkdirSync(join(folder, 'flows'));
    const sources = [
      { connector: 'files', id: 'flows', path: 'flows' },
      { connector: 'people', id: 'hr', path: 'people.csv' },
    ];
    write('rollcall.yaml', JSON.stringify({ policy: 'policy.yaml', sources }));
    company.people();
    company.policy();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return company;
}

import { describe, expect, test } from 'vitest';
import { readList } from '../../test/helpers/read-list.ts';
import { people } from './index.ts';

const read = async (content: string) => {
  const list = await readList((ctx) => people.streams['people']!.pages(ctx), 'p.csv', content);
  return { ...list, persons: list.items.flatMap(({ record }) => (record.kind === 'person' ? [record] : [])) };
};

test('an id of one kind is no login of whoever has that number as an id of another kind', async () => {
  const { persons } = await read(
    'Employee ID,User ID,Email,Status\n1,2,a@acme.example,active\n2,x7,b@acme.example,active\n',
  );
  expect(persons.map(({ id, logins }) => [id, logins])).toEqual([
    ['1', undefined],
    ['2', ['x7']],
  ]);
});

test('a whole number is the same id with and without its decimals', async () => {
  const { persons } = await read(
    'Employee ID,Email,Manager,Status\n7.0,a@acme.example,8.0,active\n7,a@acme.example,8,active\n',
  );
  expect(persons).toMatchObject([{ id: '7', manager: '8' }]);
});

describe('one id in several rows', () => {
  const header = 'Employee ID,Email,Status\n';
  test('about different people is told, for only the first can have it', async () => {
    const { persons, blind } = await read(`${header}7,a@acme.example,active\n7,b@acme.example,active\n`);
    expect(persons.map(({ emails }) => emails)).toEqual([['a@acme.example']]);
    expect(blind).toEqual([expect.stringContaining('share no address (line 2, line 3)')]);
  });

  test('that agree is one person', async () => {
    const { persons, blind } = await read(
      `${header}7,a@acme.example,active\n7,a@acme.example,on leave\n8,b@acme.example,active\n`,
    );
    expect(persons.map(({ id, status }) => [id, status])).toEqual([
      ['8', 'active'],
      ['7', 'active'],
    ]);
    expect(blind).toEqual([]);
  });

  test('that differ is nobody that is here for sure', async () => {
    const { persons, blind } = await read(
      `${header}7,a@acme.example,active\n8,b@acme.example,active\n7,a@acme.example,terminated\n`,
    );
    expect(persons.map(({ id, status }) => [id, status])).toEqual([
      ['8', 'active'],
      ['7', 'unknown'],
    ]);
    expect(blind).toEqual([expect.stringContaining('(line 2, line 4): keep the row that holds')]);
  });
});

test('one address in several rows is one person, also where another kind of address stands before it', async () => {
  const { persons } = await read(
    'Name,Proxy addresses,Email,Block credential\nA A,X500:/o=acme,a@acme.example,FALSE\nB B,X500:/o=acme,a@acme.example,TRUE\n',
  );
  expect(persons.map(({ id, status }) => [id, status])).toEqual([['a@acme.example', 'unknown']]);
});

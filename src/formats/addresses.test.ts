import { describe, expect, test } from 'vitest';
import { addressesOf, uniqueParts } from './addresses.ts';
import { literalTarget } from './hosts.ts';

const own = '6f1c1f0e-58a2-4c7e-9a51-2d3f7e8a9b10';
const revealed = (url: string) => literalTarget(url)?.addresses.map((address) => address.reveal());

describe('an address', () => {
  test.each([
    ['https://Hooks.Acme.example/In/Orders', ['hooks.acme.example/In/Orders']],
    ['http://hooks.acme.example:80/in/', ['hooks.acme.example/in']],
    ['https://hooks.acme.example:443//in?key=1#top', ['hooks.acme.example/in']],
    ['http://localhost:5678/webhook/a', ['localhost:5678/webhook/a']],
    ['https://user:word@hooks.acme.example/in', ['hooks.acme.example/in']],
    [` https://n8n.acme.example/webhook/${own.toUpperCase()} `, [`n8n.acme.example/webhook/${own.toUpperCase()}`, own]],
  ])('%s is told by %j', (url, expected) => {
    expect(revealed(url)).toEqual(expected);
  });

  test.each([
    'https://hooks.acme.example',
    'https://hooks.acme.example/?key=1',
    'https://hooks.acme.example/{{ $json.id }}',
    "https://hooks.acme.example/@{variables('id')}/in",
    'https://hooks.acme.example/${ID}',
    'https://hooks.acme.example/users/:id',
  ])('%s is a host, or not yet written out: it tells nobody from others', (url) => {
    expect(revealed(url)).toEqual([]);
  });
});

test('the id that stands for none is nobody’s own', () => {
  expect(uniqueParts(`/a/${own}/00000000-0000-0000-0000-000000000000`).map((one) => one.reveal())).toEqual([own]);
  expect(addressesOf('a.example', '')).toEqual([]);
});

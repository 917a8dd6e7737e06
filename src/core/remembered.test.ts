import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

test('works once for each text, and forgets before it grows without end', () => {
  const asked: string[] = [];
  const lengthOf = remembered((text) => asked.push(text));
  expect([lengthOf('a'), lengthOf('b'), lengthOf('a')]).toEqual([1, 2, 1]);
  for (let at = 0; at < 10_000; at++) lengthOf(`${at}`);
  expect(lengthOf('a')).toBeGreaterThan(2);
});

test('remembers a name, and not the file that it was cut out of', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const files = 40;
  const size = 2 ** 20;
  const same = remembered((text) => text);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let no = 0; no < files; no++) {
    const file = `${'.'.repeat(size)}A_NAME_OF_SOME_LENGTH_${no}=`;
    expect(same(file.slice(size, -1))).toBe(`A_NAME_OF_SOME_LENGTH_${no}`);
  }
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan((files * size) / 4);
});

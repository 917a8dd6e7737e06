import { expect, test } from 'vitest';
import { effectOf, roleOf } from './roles.ts';

test.each([
  ['GetItems', 'read', 'source'],
  ['send_message', 'write', 'sink'],
  ['delete_file', 'destroy', 'sink'],
  ['get_post', 'read', 'source'],
  ['DescribeTable', 'read', 'source'],
  // What a second verb adds is done too.
  ['find_or_create_contact', 'write', 'sink'],
  ['fetchThenSend', 'write', 'sink'],
  ['get_and_delete_file', 'destroy', 'sink'],
  ['create_or_delete', 'destroy', 'sink'],
  ['search and list', 'read', 'source'],
  // What only a tool is called, and no step of a workflow.
  ['apply_migration', 'write', undefined],
  ['edit_file', 'write', undefined],
  ['merge_pull_request', 'write', undefined],
  ['run_query', 'read', 'source'],
  ['resolve-library-id', 'unknown', undefined],
  // What runs commands does whatever it is told.
  ['aws_cli', 'write', undefined],
  ['Bash', 'write', undefined],
  ['get_command', 'read', 'source'],
  ['client', 'unknown', undefined],
  ['and or', 'unknown', undefined],
  [undefined, 'unknown', undefined],
])('%s: %s, %s', (name, effect, role) => {
  expect([effectOf(name), roleOf(name)]).toEqual([effect, role]);
});

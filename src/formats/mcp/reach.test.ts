import { describe, expect, test } from 'vitest';
import { launch } from './launch.ts';

const files = '@modelcontextprotocol/server-filesystem';
const reachOf = (command: string, args: readonly string[]) => {
  const { reach, scopes } = launch(command, args);
  return [reach, scopes];
};

describe('the directories that a server of files is let at', () => {
  test.each([
    ['/', '/'],
    ['C:\\', '/'],
    ['D:/', '/'],
    ['/mnt/c', '/'],
    ['~', '~'],
    ['~/', '~'],
    ['$HOME', '~'],
    ['${HOME}', '~'],
    ['${env:HOME}/', '~'],
    ['${userHome}', '~'],
    ['%USERPROFILE%', '~'],
    ['/Users', '~'],
    ['/Users/marta.lind', '~'],
    ['/home/marta/', '~'],
    ['/root', '~'],
    ['C:\\Users\\Marta', '~'],
    ['/mnt/c/Users/Marta', '~'],
  ])('%s is everything', (root, told) => {
    expect(reachOf('npx', ['-y', files, root])).toEqual(['all', [`directory ${told}`]]);
  });

  test.each([
    '/data',
    '.',
    './docs',
    '${workspaceFolder}',
    '$PROJECT',
    '~/Documents/contracts',
    '/Users/marta/projects',
    '/Users/Shared',
    'C:\\Users\\Marta\\work',
    '$HOMEWORK',
  ])('%s is a selection', (root) => {
    expect(reachOf('npx', ['-y', files, root])).toEqual(['some', undefined]);
  });

  test('whichever program starts it, wherever the options stand', () => {
    const all = ['all', ['directory /']];
    expect(reachOf('node', ['/srv/servers/src/filesystem/dist/index.js', '/'])).toEqual(all);
    expect(reachOf('mcp-server-filesystem', ['--read-only', '/srv', '/'])).toEqual(all);
    expect(reachOf('bash', ['-lc', `npx -y ${files} /`])).toEqual(all);
    expect(reachOf('cmd', ['/c', 'npx', '-y', files, 'C:\\'])).toEqual(all);
    expect(reachOf('npx', ['-y', 'acme-filesystem-mcp@1.2.3', '/srv', '~', '/'])).toEqual([
      'all',
      ['directory ~', 'directory /'],
    ]);
  });

  test('a client may tell it later, and no other server has directories', () => {
    expect(reachOf('npx', ['-y', files])).toEqual([undefined, undefined]);
    expect(reachOf('npx', ['-y', 'acme-mcp', '/'])).toEqual([undefined, undefined]);
    expect(reachOf('uv', ['--directory', '/home/marta', 'run', 'server.py'])).toEqual([undefined, undefined]);
  });
});

describe('what a container is given of the machine', () => {
  const run = (...options: string[]) => reachOf('docker', ['run', '-i', '--rm', ...options, 'acme/mcp:1', '/']);

  test.each([
    [
      ['-v', '/:/host'],
      ['all', ['--volume=/:rw']],
    ],
    [['--volume=/:/host:ro'], ['all', ['--volume=/:ro']]],
    [
      ['--mount', 'type=bind,source=/,target=/host'],
      ['all', ['--volume=/:rw']],
    ],
    [['--mount=type=bind,src=C:\\,dst=/c,readonly'], ['all', ['--volume=/:ro']]],
    [
      ['-v', 'C:\\Users\\Marta:/data'],
      ['all', ['--volume=~:rw']],
    ],
    [
      ['-v', '${env:HOME}:/data:ro,z'],
      ['all', ['--volume=~:ro']],
    ],
    [
      ['-v', '/var/run/docker.sock:/var/run/docker.sock:ro'],
      [undefined, ['--volume=docker.sock']],
    ],
    [
      ['-v', '//./pipe/docker_engine://./pipe/docker_engine'],
      [undefined, ['--volume=docker.sock']],
    ],
    [
      ['-v', '~/.docker/run/docker.sock:/var/run/docker.sock'],
      [undefined, ['--volume=docker.sock']],
    ],
    [
      ['-v', '/run/user/1000/podman/podman.sock:/s'],
      [undefined, ['--volume=docker.sock']],
    ],
    [['--privileged'], [undefined, ['--privileged']]],
    [
      ['--cap-add', 'SYS_ADMIN', '--net=host'],
      [undefined, ['--cap-add=SYS_ADMIN', '--network=host']],
    ],
    [
      ['--network', 'host'],
      [undefined, ['--network=host']],
    ],
  ])('%j', (options, told) => {
    expect(run(...options)).toEqual(told);
  });

  test.each([
    [['-v', '/Users/marta/.config/acme:/app/config']],
    [['-v', 'acme-data:/data', '-v', '/etc/localtime:/etc/localtime:ro']],
    [['--mount', 'type=volume,source=acme,target=/']],
    [['--privileged=false', '--cap-add', 'NET_ADMIN', '--network', 'acme']],
    [['-e', 'ROOT=/', '--env', '--privileged']],
  ])('nothing of it: %j', (options) => {
    expect(run(...options)).toEqual([undefined, undefined]);
  });

  test('a server of files sees what is mounted, whatever it is called inside', () => {
    const image = (...options: string[]) => reachOf('docker', ['run', ...options, 'mcp/filesystem', '/']);
    expect(image('-v', '/srv/contracts:/projects')).toEqual(['some', undefined]);
    expect(image('-v', '/home/marta:/projects')).toEqual(['all', ['--volume=~:rw']]);
    expect(reachOf('docker', ['compose', 'run', '-v', '/:/host', 'acme'])).toEqual([undefined, undefined]);
    expect(reachOf('docker', ['exec', '-i', '--privileged', 'acme', 'server'])).toEqual([undefined, undefined]);
  });
});

test('whatever somebody writes there is read at once', () => {
  const long = 100_000;
  expect(reachOf('npx', ['-y', files, `${'/'.repeat(long)}x`])).toEqual(['some', undefined]);
  const socket = `/run/${'docker'.repeat(long)}!`;
  expect(reachOf('docker', ['run', '-v', `${socket}:/x`, 'acme/mcp:1'])).toEqual([undefined, undefined]);
});

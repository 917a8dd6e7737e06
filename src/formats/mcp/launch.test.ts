import { describe, expect, test } from 'vitest';
import { launch } from './launch.ts';

describe('what a command line starts', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  test.each([
    [
      'npx',
      ['-y', '@modelcontextprotocol/server-filesystem', '/data'],
      '@modelcontextprotocol/server-filesystem',
      undefined,
      false,
      'verified',
    ],
    ['npx', ['-y', '@acme/mcp@latest'], '@acme/mcp', 'latest', false, 'community'],
    ['npx', ['@acme/mcp@1.2'], '@acme/mcp', '1.2', false, 'community'],
    ['npx', ['@acme/mcp@^1.2.3'], '@acme/mcp', '^1.2.3', false, 'community'],
    ['npx -y acme-mcp@2.0.0-rc.1', [], 'acme-mcp', '2.0.0-rc.1', true, 'community'],
    ['cmd', ['/c', 'npx', '-y', 'acme-mcp@1.0.0'], 'acme-mcp', '1.0.0', true, 'community'],
    ['C:\\Program Files\\nodejs\\npx.cmd', ['acme-mcp@1.0.0'], 'acme-mcp', '1.0.0', true, 'community'],
    ['npx', ['--package=acme-mcp@1.0.0', 'serve'], 'acme-mcp', '1.0.0', true, 'community'],
    ['uvx', ['--from', 'acme-mcp==0.3.1', 'serve'], 'acme-mcp', '0.3.1', true, 'community'],
    ['uvx', ['acme-mcp'], 'acme-mcp', undefined, false, 'community'],
    ['pnpm', ['dlx', 'acme-mcp@1.0.0'], 'acme-mcp', '1.0.0', true, 'community'],
    ['docker', ['run', '-i', '--rm', '-e', 'TOKEN', 'mcp/github:1'], 'mcp/github', '1', false, 'verified'],
    ['docker', ['run', '--rm', `acme/mcp@${digest}`], 'acme/mcp', digest, true, 'community'],
    [
      'uvx',
      ['--from', 'git+https://user:canary@git.acme.example/x.git', 'serve'],
      'git:git.acme.example',
      undefined,
      false,
      'community',
    ],
  ])('%s %j', (command, args, name, version, pinned, origin) => {
    expect(launch(command, args).component).toEqual({
      name,
      ...(version !== undefined && { version }),
      pinned,
      origin,
    });
  });

  test.each([
    ['bash', ['-lc', 'cd /srv && npx -y acme-mcp@latest --stdio'], 'acme-mcp', false],
    ['sh', ['-c', "exec uvx 'acme-mcp==1.2.3'"], 'acme-mcp', true],
    ['powershell', ['-NoProfile', '-Command', 'npx acme-mcp'], 'acme-mcp', false],
    ['wsl.exe', ['bash', '-c', 'npx -y acme-mcp'], 'acme-mcp', false],
    ['op', ['run', '--env-file=.env', '--', 'npx', '-y', 'acme-mcp@1.0.0'], 'acme-mcp', true],
    ['uv', ['tool', 'run', 'acme-mcp'], 'acme-mcp', false],
    ['pipx', ['run', '--spec', 'acme==1.0.0', 'acme-mcp'], 'acme', true],
    ['dnx', ['Acme.Mcp@1.0.0', '--yes'], 'Acme.Mcp', true],
    ['deno', ['run', '-A', 'jsr:@acme/mcp'], '@acme/mcp', false],
    ['docker', ['run', '-i', '--security-opt', 'no-new-privileges', 'acme/mcp:1'], 'acme/mcp', false],
    ['npx', ['-y', 'github:acme/mcp'], 'git:github.com', false],
    ['npx', ['-y', `acme/mcp#${'0f'.repeat(20)}`], 'git:github.com', true],
  ])('whatever starts it: %s %j', (command, args, name, pinned) => {
    expect(launch(command, args).component).toMatchObject({ name, pinned, origin: 'community' });
  });

  test.each([
    ['uv', ['--directory', '/srv/weather', 'run', 'weather.py']],
    ['uv', ['run', '--with', 'mcp[cli]', 'mcp', 'run', 'server.py']],
    ['npm', ['run', 'mcp']],
    ['npm', ['--prefix', '/srv/x', 'start']],
    ['pnpm', ['exec', 'acme-mcp']],
    ['yarn', ['mcp']],
    ['bun', ['run', 'src/index.ts']],
    ['bun', ['src/index.ts']],
    ['deno', ['run', '-A', 'src/main.ts']],
    ['npx', ['tsx', 'src/index.ts']],
    ['npx', ['.']],
    ['docker', ['exec', '-i', 'acme', 'python', 'server.py']],
    ['docker', ['compose', 'run', '--rm', 'acme']],
    ['zsh', ['-c', 'source ~/.zshrc && node dist/index.js']],
  ])('what lies on the machine is fetched from nobody: %s %j', (command, args) => {
    expect(launch(command, args)).toEqual({ component: { name: command, origin: 'local' } });
  });

  test('a program of one’s own', () => {
    expect(launch('/opt/acme/server', ['--token', 'canary'])).toEqual({
      component: { name: 'server', origin: 'local' },
    });
    expect(launch('node', ['./server.js'])).toEqual({ component: { name: 'node', origin: 'local' } });
  });
});

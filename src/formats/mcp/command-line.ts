/** How deep one command may hide another: `wsl bash -c "cmd /c npx …"`. */
const WRAPPINGS = 5;

/** Words that stand before the real command and change nothing about what runs. */
const before = /^(?:cmd(?:\.exe)?|\/[cdsq]|env|sudo|exec|wsl(?:\.exe)?|-y|[A-Z_][A-Z0-9_]*=.*)$/i;
const shells = /^(?:ba|z|da|fi)?sh$|^pwsh$|^powershell$/;
const script = /^(?:-[a-z]*c|-command)$/i;

/** Options that take the next word as their value, so that it is not mistaken for the package. */
export const takesValue = new Set(
  (
    '-e --env --env-file -v --volume --mount --name --network --net -p --publish -u --user -w --workdir --entrypoint --platform ' +
    '--add-host --label -l --memory -m --cpus --pull --gpus --device --security-opt --cap-add --cap-drop --hostname --restart ' +
    '--tmpfs --ulimit --ipc --pid --shm-size --dns --log-driver --log-opt --group-add --runtime --python --index --index-url ' +
    '--default-index --extra-index-url --project --directory --dir --cwd --prefix --cache --registry -c --call --with --with-editable'
  ).split(' '),
);

/** The program that a command line comes down to, and its arguments. */
export interface Started {
  program: string;
  words: readonly string[];
}

/**
 * Unwraps a command line: `cmd /c npx …`, `bash -lc "cd x && npx …"` and `op run -- npx …` start what npx starts.
 * `fetches` says of a program whether it is what one looks for among the commands of a shell's line.
 */
export function started(line: readonly string[], fetches: (program: string) => boolean, deep = 0): Started {
  const first = line.findIndex((word) => !before.test(word));
  const [head = '', ...words] = first === -1 ? [] : line.slice(first);
  const program = programOf(head);
  if (deep >= WRAPPINGS || fetches(program)) return { program, words };
  const below = (inner: readonly string[]): Started | undefined => {
    const found = started(inner, fetches, deep + 1);
    return fetches(found.program) ? found : undefined;
  };
  if (shells.test(program)) {
    const at = words.findIndex((word) => script.test(word));
    const commands =
      at === -1
        ? []
        : words
            .slice(at + 1)
            .join(' ')
            .split(/&&|\|\|?|[;\n]/);
    for (const command of commands) {
      const found = below(unquoted(command));
      if (found !== undefined) return found;
    }
  }
  // Whatever hands secrets or an environment to a command names that command after `--`.
  const rest = words.indexOf('--');
  return (rest === -1 ? undefined : below(words.slice(rest + 1))) ?? { program, words };
}

function programOf(word: string): string {
  const name = word.split(/[/\\]/).at(-1) ?? '';
  return name.replace(/\.(?:exe|cmd|bat)$/i, '').toLowerCase();
}

function unquoted(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

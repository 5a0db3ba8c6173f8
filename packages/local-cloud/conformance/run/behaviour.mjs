// The handler of every recorded function: what it does stands in its environment. The recorded ones are Python's.
import { setTimeout } from 'node:timers/promises';

const behaviour = JSON.parse(process.env.BEHAVIOUR);

export async function handler(event) {
  if (behaviour.sleep_seconds !== undefined) await setTimeout(behaviour.sleep_seconds * 1000);
  switch (behaviour.kind) {
    case 'echo':
      return event;
    case 'return':
      return behaviour.value;
    case 'return_format':
      return behaviour.format.replaceAll('{event}', () => pythonText(event));
    case 'return_bytes':
      return JSON.parse(behaviour.text);
    case 'return_repeated_bytes':
      return behaviour.text.repeat(behaviour.count);
    case 'raise':
      throw Object.assign(new Error(behaviour.message), { name: behaviour.type });
    default:
      throw new Error(`The behaviour ${behaviour.kind} is not known.`);
  }
}

/** str() of what Python's json reads; strings inside are repr()'s. */
function pythonText(value) {
  return typeof value === 'string' ? value : pythonRepresentation(value);
}

function pythonRepresentation(value) {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
    return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
  }
  if (Array.isArray(value)) return `[${value.map(pythonRepresentation).join(', ')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).map(
      ([name, member]) => `${pythonRepresentation(name)}: ${pythonRepresentation(member)}`,
    );
    return `{${members.join(', ')}}`;
  }
  return String(value);
}

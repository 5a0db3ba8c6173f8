import { flagText, noneWord } from '@skyground/experiment/command-line';
import { z } from 'zod';

/** What the text of a flag may spell, as JSON Schema says it of one parameter. */
const shapeSchema = z.looseObject({
  type: z.enum(['boolean', 'integer', 'number', 'string', 'array', 'null']).optional(),
  enum: z.array(z.json()).optional(),
  const: z.json().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  get items() {
    return shapeSchema.optional();
  },
  get anyOf() {
    return z.array(shapeSchema).optional();
  },
});

export type ParameterShape = z.output<typeof shapeSchema>;

const numberForm = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** The shape of each parameter, by name. */
export function shapesOf(schema: z.ZodObject): ReadonlyMap<string, ParameterShape> {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return new Map(Object.entries(properties).map(([name, shape]) => [name, shapeSchema.parse(shape)]));
}

/** What the text spells; a text that spells nothing of the shape stays text, which the schema then refuses. */
export function valueIn(text: string, shape: ParameterShape): unknown {
  if (shape.anyOf !== undefined) {
    const spelt = shape.anyOf.map((choice) => valueIn(text, choice)).filter((value) => value !== text);
    // Not `??`: null is a value.
    return spelt.length > 0 ? spelt[0] : text;
  }
  switch (shape.type) {
    case 'integer':
    case 'number':
      return numberForm.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'null':
      return text === noneWord ? null : text;
    case 'array':
      return text === '' ? [] : text.split(',').map((part) => valueIn(part.trim(), shape.items ?? {}));
    default:
      return text;
  }
}

/** What may be typed, in words: `a whole number above 0`, `fair or cold hare`. */
export function expectedWords(shape: ParameterShape): string {
  if (shape.anyOf !== undefined) return shape.anyOf.map(expectedWords).join(' or ');
  if (shape.enum !== undefined) return shape.enum.map(flagText).join(' or ');
  if (shape.const !== undefined) return flagText(shape.const);
  switch (shape.type) {
    case 'integer':
      return `a whole number${boundsWords(shape)}`;
    case 'number':
      return `a number${boundsWords(shape)}`;
    case 'boolean':
      return 'true or false';
    case 'null':
      return noneWord;
    case 'array':
      return `one or more of ${expectedWords(shape.items ?? {})}, with commas between them`;
    default:
      return 'text';
  }
}

function boundsWords({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: ParameterShape): string {
  // The bounds of what a double holds exactly say nothing to a person.
  const isSaid = (bound: number | undefined): bound is number =>
    bound !== undefined && Math.abs(bound) !== Number.MAX_SAFE_INTEGER;
  const bounds = [
    ...(isSaid(minimum) ? [`from ${minimum}`] : []),
    ...(isSaid(exclusiveMinimum) ? [`above ${exclusiveMinimum}`] : []),
    ...(isSaid(maximum) ? [`up to ${maximum}`] : []),
    ...(isSaid(exclusiveMaximum) ? [`below ${exclusiveMaximum}`] : []),
  ];
  return bounds.map((bound) => ` ${bound}`).join('');
}

/** What stands behind the flag in its help: `<n>`, `<text>`, `<fair|cold hare>`. */
export function placeholderOf(shape: ParameterShape): string {
  if (shape.enum !== undefined) return `<${shape.enum.map(flagText).join('|')}>`;
  if (shape.type === 'integer' || shape.type === 'number') return '<n>';
  if (shape.type === 'array') return '<list>';
  return shape.anyOf === undefined ? '<text>' : '<value>';
}

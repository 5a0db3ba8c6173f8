import { choreograph } from '../../src/index.ts';
import { plantFault } from './faults.ts';
import definition from './workflow.asl.json' with { type: 'json' };

export const handler = choreograph((event) => event, { definition, plantFault });

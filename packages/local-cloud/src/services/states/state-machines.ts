import type { CloudEnvironment } from '../../server/environment.ts';
import { integer, optionalText, type Row, text } from '../../storage/row.ts';
import { transaction } from '../../storage/transaction.ts';
import { type Logging, loggingSchema } from './logging-configuration.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';

/** What an update can change. */
export interface Revision {
  readonly roleArn: string;
  readonly definition: string;
  readonly logging: Logging;
  readonly isTraced: boolean;
}

/** A state machine as one revision has it. */
export interface StateMachine extends Revision {
  readonly id: number;
  readonly name: string;
  readonly type: MachineType;
  readonly createdMs: number;
  /** Of the row that an execution refers to. */
  readonly revision: number;
  /** Undefined until the first update. */
  readonly revisionId: string | undefined;
  readonly updatedMs: number;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export type StateMachines = ReturnType<typeof stateMachines>;

const COLUMNS = `
  states_machine.id, name, type, created_ms, states_revision.id AS revision, revision_id, updated_ms,
  role_arn, definition, logging, is_traced`;
const CURRENT = '(SELECT max(id) FROM states_revision WHERE machine_id = states_machine.id)';

/** State machines and their tags in the state database. */
export function stateMachines({ database, clock }: CloudEnvironment) {
  const select = database.prepare(`
    SELECT ${COLUMNS} FROM states_machine JOIN states_revision ON states_revision.id = ${CURRENT} WHERE name = ?`);
  const selectRevision = database.prepare(`
    SELECT ${COLUMNS} FROM states_revision JOIN states_machine ON states_machine.id = machine_id
    WHERE states_revision.id = ?`);
  const page = database.prepare('SELECT * FROM states_machine WHERE name > ? ORDER BY name LIMIT ?');
  const insert = database.prepare(
    'INSERT INTO states_machine (name, type, created_ms, tags) VALUES (?, ?, ?, ?) RETURNING id',
  );
  const insertRevision = database.prepare(`
    INSERT INTO states_revision (machine_id, revision_id, updated_ms, role_arn, definition, logging, is_traced)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const removeUnused = database.prepare(`
    DELETE FROM states_revision WHERE id NOT IN (SELECT max(id) FROM states_revision GROUP BY machine_id)
    AND NOT EXISTS (SELECT 1 FROM states_execution WHERE revision = states_revision.id)`);
  const remove = database.prepare('DELETE FROM states_machine WHERE name = ?');
  const removeExecutions = database.prepare('DELETE FROM states_execution WHERE machine_id = ?');
  const selectTags = database.prepare('SELECT tags FROM states_machine WHERE name = ?');
  const setTags = database.prepare('UPDATE states_machine SET tags = ? WHERE name = ?');

  function addRevision(machineId: number, revisionId: string | null, revision: Revision): void {
    const { roleArn, definition, logging, isTraced } = revision;
    insertRevision.run(
      machineId,
      revisionId,
      clock.now(),
      roleArn,
      definition,
      JSON.stringify(logging),
      isTraced ? 1 : 0,
    );
  }

  function find(name: string): StateMachine | undefined {
    const row = select.get(name);
    return row === undefined ? undefined : stateMachine(row);
  }

  function current(name: string): StateMachine {
    const machine = find(name);
    if (machine === undefined) throw new Error(`The state machine ${name} was written and is not there.`);
    return machine;
  }

  return {
    find,

    /** As the execution's revision has it. */
    atRevision(revision: number): StateMachine {
      const row = selectRevision.get(revision);
      if (row === undefined) throw new Error(`An execution refers to the missing revision ${revision}.`);
      return stateMachine(row);
    },

    create(name: string, type: MachineType, revision: Revision, tags: readonly Tag[]): StateMachine {
      return transaction(database, () => {
        const row = insert.get(name, type, clock.now(), JSON.stringify(tags));
        if (row === undefined) throw new Error('SQLite returned no id.');
        addRevision(integer(row, 'id'), null, revision);
        return current(name);
      });
    },

    update(machine: StateMachine, revisionId: string, revision: Revision): StateMachine {
      return transaction(database, () => {
        addRevision(machine.id, revisionId, revision);
        return current(machine.name);
      });
    },

    /** Forgets revisions that are not current and that no execution has; not while one starts, which has no row yet. */
    forgetUnused(): void {
      removeUnused.run();
    },

    /** With its executions and their history. */
    delete(machine: StateMachine): void {
      transaction(database, () => {
        removeExecutions.run(machine.id);
        remove.run(machine.name);
      });
    },

    /** After the name `from`, in code-unit order. */
    list(from: string, limit: number): Pick<StateMachine, 'name' | 'type' | 'createdMs'>[] {
      return page.all(from, limit).map((row) => ({
        name: text(row, 'name'),
        type: machineType(row),
        createdMs: integer(row, 'created_ms'),
      }));
    },

    /** In the order in which they were given; undefined if there is no such machine. */
    tags(name: string): readonly Tag[] | undefined {
      const row = selectTags.get(name);
      return row === undefined ? undefined : JSON.parse(text(row, 'tags'));
    },

    setTags(name: string, tags: readonly Tag[]): void {
      setTags.run(JSON.stringify(tags), name);
    },
  };
}

function stateMachine(row: Row): StateMachine {
  return {
    id: integer(row, 'id'),
    name: text(row, 'name'),
    type: machineType(row),
    createdMs: integer(row, 'created_ms'),
    revision: integer(row, 'revision'),
    revisionId: optionalText(row, 'revision_id'),
    updatedMs: integer(row, 'updated_ms'),
    roleArn: text(row, 'role_arn'),
    definition: text(row, 'definition'),
    logging: loggingSchema.parse(JSON.parse(text(row, 'logging'))),
    isTraced: integer(row, 'is_traced') === 1,
  };
}

function machineType(row: Row): MachineType {
  return text(row, 'type') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
}

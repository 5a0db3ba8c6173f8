import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { shortPath } from '../../lab/output/result-lines.ts';
import { printable } from '../../output/format.ts';
import { Help } from '../Help.tsx';
import { homeKeyHelp, keyHint } from './keys.ts';
import { List } from './List.tsx';
import { type Layout, layoutOf } from './layout.ts';
import { entryRow } from './list-rows.ts';
import { runRow } from './run-rows.ts';
import { StyledLines } from './StyledLines.tsx';
import { entryOf, type HomeState } from './state.ts';

interface Props {
  readonly state: HomeState;
  readonly columns: number;
  readonly rows: number;
}

/** The whole screen as a function of the state. Never larger than the terminal: what does not fit is cut. */
export function HomeScreen({ state, columns, rows }: Props): ReactElement {
  const layout = layoutOf(state, columns, rows);
  const { page, indexPage } = state;
  return (
    <Box flexDirection="column" width={columns} height={Math.max(1, rows - 1)} overflow="hidden">
      <Box height={2} flexShrink={0} justifyContent="space-between" columnGap={2}>
        <Text wrap="truncate">
          <Text bold>Skyground</Text>
          {`  ${titleOf(state)}`}
        </Text>
        {page.kind === 'experiments' && indexPage !== undefined && (
          <Text dimColor wrap="truncate-start">{`charts: ${printable(shortPath(indexPage))}`}</Text>
        )}
        {layout.place !== undefined && !state.isHelp && (
          <Box flexShrink={0}>
            <Text dimColor>{layout.place}</Text>
          </Box>
        )}
      </Box>
      {state.isHelp ? (
        <Help keys={homeKeyHelp} height={layout.contentRows} />
      ) : (
        <Content state={state} layout={layout} width={columns} />
      )}
      {layout.notice.length > 0 && (
        <StyledLines lines={layout.notice} width={columns} height={layout.notice.length} />
      )}
      <Box height={1} flexShrink={0}>
        <Text dimColor wrap="truncate">
          {keyHint(state)}
        </Text>
      </Box>
    </Box>
  );
}

function Content({
  state,
  layout,
  width,
}: {
  readonly state: HomeState;
  readonly layout: Layout;
  readonly width: number;
}): ReactElement {
  return (
    <Box flexDirection="column" height={layout.contentRows} flexShrink={0} overflow="hidden">
      <ListOf state={state} width={width} height={layout.listRows} />
      {state.page.kind === 'experiments' && <Text> </Text>}
      <Box>
        {layout.panes.map(({ width, lines }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pane is its place on the screen; it has no state.
          <StyledLines key={index} lines={lines} width={width} height={layout.paneRows} />
        ))}
      </Box>
    </Box>
  );
}

function ListOf({
  state,
  width,
  height,
}: {
  readonly state: HomeState;
  readonly width: number;
  readonly height: number;
}): ReactElement | null {
  const { page, entries, marked, selected } = state;
  if (page.kind === 'runs') {
    const entry = entryOf(state, page.id);
    const runs = entry?.kind === 'experiment' ? entry.runs : [];
    return <List rows={runs.map(runRow)} selected={page.selected} width={width} height={height} />;
  }
  if (page.kind !== 'experiments') return null;
  if (entries === undefined) return <Text dimColor>loading ...</Text>;
  return (
    <List
      rows={entries.map((entry) => entryRow(entry, marked))}
      selected={selected}
      width={width}
      height={height}
    />
  );
}

function titleOf(state: HomeState): string {
  const { page } = state;
  const titleOfEntry = (id: string) => printable(entryOf(state, id)?.title ?? id);
  switch (page.kind) {
    case 'experiments':
      return 'What shall be measured?';
    case 'plan':
      return page.ids.length === 1 ? 'The plan' : `The plan: ${page.ids.length} runs, one after the other`;
    case 'runs':
      return `Runs of: ${titleOfEntry(page.id)}`;
    case 'run':
      return titleOfEntry(page.id);
    case 'results':
      return 'What came of it';
  }
}

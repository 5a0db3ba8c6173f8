import { Graph, layout } from '@dagrejs/dagre';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedBox extends Point {
  /** x and y are of its middle. */
  readonly widthPx: number;
  readonly heightPx: number;
}

type Size = Pick<PlacedBox, 'widthPx' | 'heightPx'>;

export interface Link {
  /** Indexes of boxes. */
  readonly from: number;
  readonly to: number;
  /** Of the text at it, if there is one. */
  readonly label: Size | undefined;
}

interface Layers {
  readonly widthPx: number;
  readonly heightPx: number;
  /** In the order given, as are the links. */
  readonly boxes: readonly PlacedBox[];
  readonly links: readonly { readonly points: readonly Point[]; readonly label: PlacedBox | undefined }[];
}

interface Placed extends Point {
  readonly width: number;
  readonly height: number;
}

/** What is used of the library. Its own types import files without endings, and so are none here. */
interface LibraryGraph {
  setGraph(options: Readonly<Record<string, number>>): void;
  setNode(key: string, size: { readonly width: number; readonly height: number }): void;
  setEdge(from: string, to: string, label: object, key: string): void;
  graph(): { readonly width: number; readonly height: number };
  node(key: string): Placed;
  edge(from: string, to: string, key: string): Placed & { readonly points: readonly Point[] };
}

const GAPS_PX = { nodesep: 26, edgesep: 14, ranksep: 54, marginx: 10, marginy: 10 } as const;

/** Boxes in layers from top to bottom, links between them with room for their texts; loops are turned back. Equal input, equal places. */
export function inLayers(boxes: readonly Size[], links: readonly Link[]): Layers {
  const graph: LibraryGraph = new Graph({ multigraph: true });
  graph.setGraph({ ...GAPS_PX });
  boxes.forEach(({ widthPx, heightPx }, index) => {
    graph.setNode(`${index}`, { width: widthPx, height: heightPx });
  });
  // Of links that part at a box, the one that is set last comes to stand leftmost.
  for (const [index, { from, to, label }] of [...links.entries()].toReversed()) {
    const size = label === undefined ? {} : { width: label.widthPx, height: label.heightPx };
    graph.setEdge(`${from}`, `${to}`, { ...size, labelpos: 'c' }, `${index}`);
  }
  layout(graph);
  const { width, height } = graph.graph();
  return {
    widthPx: width,
    heightPx: height,
    boxes: boxes.map((_, index) => boxOf(graph.node(`${index}`))),
    links: links.map(({ from, to, label }, index) => {
      const placed = graph.edge(`${from}`, `${to}`, `${index}`);
      return {
        points: placed.points.map(({ x, y }) => ({ x, y })),
        label: label === undefined ? undefined : boxOf(placed),
      };
    }),
  };
}

const boxOf = ({ x, y, width, height }: Placed): PlacedBox => ({ x, y, widthPx: width, heightPx: height });

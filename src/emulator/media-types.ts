import type { MediaKind } from './media.js';
import type { SwitchPosition } from './switches.js';

/** What an agent may send, at most, in bytes (platform: Attachments, from the agent). */
export const AGENT_FILE_BYTES = 100 * 1024 * 1024;

interface FileType {
  readonly kind: MediaKind;
  readonly contentType: string;
  /** Named only on another page than that of this API (OQ-57). */
  readonly isElsewhere?: true;
}

const types: Readonly<Record<string, FileType>> = {
  jpeg: { kind: 'photo', contentType: 'image/jpeg' },
  jpg: { kind: 'photo', contentType: 'image/jpeg' },
  png: { kind: 'photo', contentType: 'image/png' },
  gif: { kind: 'photo', contentType: 'image/gif' },
  tiff: { kind: 'photo', contentType: 'image/tiff' },
  raw: { kind: 'photo', contentType: 'application/octet-stream' },
  webp: { kind: 'photo', contentType: 'image/webp' },
  mp4: { kind: 'video', contentType: 'video/mp4' },
  mov: { kind: 'video', contentType: 'video/quicktime' },
  avi: { kind: 'video', contentType: 'video/x-msvideo' },
  wmv: { kind: 'video', contentType: 'video/x-ms-wmv' },
  webm: { kind: 'video', contentType: 'video/webm' },
  mp3: { kind: 'audio', contentType: 'audio/mpeg' },
  wav: { kind: 'audio', contentType: 'audio/wav' },
  m4a: { kind: 'audio', contentType: 'audio/mp4', isElsewhere: true },
  weba: { kind: 'audio', contentType: 'audio/webm', isElsewhere: true },
  pdf: { kind: 'document', contentType: 'application/pdf' },
  xml: { kind: 'document', contentType: 'application/xml' },
  xls: { kind: 'document', contentType: 'application/vnd.ms-excel' },
  ppt: { kind: 'document', contentType: 'application/vnd.ms-powerpoint' },
  csv: { kind: 'document', contentType: 'text/csv' },
  txt: { kind: 'document', contentType: 'text/plain' },
  doc: { kind: 'document', contentType: 'application/msword', isElsewhere: true },
};

/** Endings of the names of files that an agent may send. */
export function listAgentFileTypes(pages: SwitchPosition<'agentFileTypes'>): readonly string[] {
  const isListed = ([, type]: [string, FileType]): boolean =>
    pages === 'any-page' || type.isElsewhere === undefined;
  return Object.entries(types)
    .filter(isListed)
    .map(([ending]) => ending);
}

/** What an agent's file is, by its name; undefined where an agent may not send it. */
export function findAgentFileType(
  name: string,
  pages: SwitchPosition<'agentFileTypes'>,
): Pick<FileType, 'kind' | 'contentType'> | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return listAgentFileTypes(pages).includes(ending) ? types[ending] : undefined;
}

// SPDX-License-Identifier: MIT
import type { Command } from '../common/command.ts';
import { begin } from './begin.ts';
import { card } from './card.ts';
import { lesson } from './lesson.ts';
import { explain } from './explain.ts';
import { importCommand } from './import.ts';
import { link } from './link.ts';
import { matrix } from './matrix.ts';
import { run } from './run.ts';
import { schema } from './schema.ts';
import { uncard } from './uncard.ts';
import { unlink } from './unlink.ts';

/** The commands, in the order that help lists them. */
export const COMMANDS: readonly Command[] = [
  run,
  begin,
  importCommand,
  matrix,
  link,
  unlink,
  card,
  uncard,
  lesson,
  explain,
  schema,
];

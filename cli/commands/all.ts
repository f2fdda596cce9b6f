// SPDX-License-Identifier: MIT
import type { Command } from '../common/command.ts';
import { begin } from './begin.ts';
import { capture } from './capture.ts';
import { card } from './card.ts';
import { exercise } from './exercise.ts';
import { explain } from './explain.ts';
import { fuzz } from './fuzz.ts';
import { grade } from './grade.ts';
import { importCommand } from './import.ts';
import { lesson } from './lesson.ts';
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
  fuzz,
  capture,
  importCommand,
  matrix,
  link,
  unlink,
  card,
  uncard,
  lesson,
  exercise,
  grade,
  explain,
  schema,
];

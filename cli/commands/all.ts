// SPDX-License-Identifier: MIT
import type { Command } from '../common/command.ts';
import { card } from './card.ts';
import { explain } from './explain.ts';
import { link } from './link.ts';
import { matrix } from './matrix.ts';
import { run } from './run.ts';
import { uncard } from './uncard.ts';
import { unlink } from './unlink.ts';

/** The commands, in the order that help lists them. */
export const COMMANDS: readonly Command[] = [run, matrix, link, unlink, card, uncard, explain];

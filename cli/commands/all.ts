// SPDX-License-Identifier: MIT
import type { Command } from '../common/command.ts';
import { capture } from './capture.ts';
import { card } from './card.ts';
import { fuzz } from './fuzz.ts';
import { link } from './link.ts';
import { matrix } from './matrix.ts';
import { run } from './run.ts';
import { uncard } from './uncard.ts';
import { unlink } from './unlink.ts';

/** The commands, in the order that help lists them. */
export const COMMANDS: readonly Command[] = [run, fuzz, capture, matrix, link, unlink, card, uncard];

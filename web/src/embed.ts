// SPDX-License-Identifier: MIT
/** The entry of embed.html: one scenario within another page. */
import './styles/tokens.css';
import './styles/base.css';
import './styles/verdict.css';
import './styles/controls.css';
import './styles/drawing.css';
import { mount } from 'svelte';
import '#engine/scenario/advice.ts';
import { embedded } from './embed/start.ts';
import Embed from './embed/Embed.svelte';
import Unusable from './embed/Unusable.svelte';

const target = document.getElementById('embed')!;

void embedded().then(
  (found) => {
    if ('why' in found) mount(Unusable, { target, props: found });
    else mount(Embed, { target, props: found });
  },
  (error: unknown) => {
    target.textContent = `The scenario did not load: ${String(error)}. Reload the page to try again.`;
  },
);

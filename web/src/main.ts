// SPDX-License-Identifier: GPL-2.0-only
import { mount } from 'svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import Page from './App.svelte';
import { App } from './state/app.svelte.ts';

// The engine starts before anything is drawn.
const app = new App();
app.start();
mount(Page, { target: document.getElementById('app')!, props: { app } });

// SPDX-License-Identifier: MIT
// The one script of the frame that the code of a server runs in: it starts one worker, hands it its port, and tells
// when the worker's text could not be read. The page allows it by its hash (scripts/vite/sandbox.mjs).
onmessage = (event) => {
  if (event.source !== parent) return;
  onmessage = null;
  const { text, job } = event.data;
  const [control, port] = event.ports;
  try {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const worker = new Worker(address);
    worker.onerror = (error) => {
      error.preventDefault();
      control.postMessage({ message: error.message, line: error.lineno });
    };
    worker.postMessage(job, [port, job.core]);
  } catch (error) {
    control.postMessage({ message: String(error), line: 0 });
  }
};

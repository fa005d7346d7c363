import './answer.test.js';
import './answer-view.test.js';
import './api.test.js';
import './dom.test.js';
import './outbox.test.js';
import './photo.test.js';
import './release.test.js';
import './texts.test.js';
import { run } from './runner.js';

await run();

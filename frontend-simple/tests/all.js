import './answer.test.js';
import './answer-view.test.js';
import './api.test.js';
import './combobox.test.js';
import './dom.test.js';
import './finds.test.js';
import './markdown.test.js';
import './models.test.js';
import './outbox.test.js';
import './photo.test.js';
import './release.test.js';
import './router.test.js';
import './search.test.js';
import './service-words.test.js';
import './texts.test.js';
import { run } from './runner.js';

await run();

import { createMemoryStore } from '../../src/relay/memory-store.js';
import { describeStore } from './store-contract.js';

describeStore('memory', () => createMemoryStore());

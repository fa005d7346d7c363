/** A test runner of forty lines: `test` collects, `run` runs one after the other and shows what came of it. */

const tests = [];

export function test(name, body) {
  tests.push({ name, body });
}

export function equal(actual, expected, what = 'value') {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, found ${a}`);
}

export function ok(condition, what) {
  if (!condition) throw new Error(`expected ${what}`);
}

/** @returns the error that the body threw, which must be of this type */
export async function throws(type, body) {
  try {
    await body();
  } catch (error) {
    if (error instanceof type) return error;
    throw new Error(`expected ${type.name}, found ${error}`);
  }
  throw new Error(`expected ${type.name}, nothing was thrown`);
}

export async function run() {
  const failures = [];
  for (const { name, body } of tests) {
    const row = document.createElement('li');
    try {
      await body();
      row.textContent = `passed: ${name}`;
    } catch (error) {
      row.textContent = `FAILED: ${name}: ${error.message}`;
      failures.push(row.textContent);
    }
    document.getElementById('results').append(row);
  }
  document.getElementById('summary').textContent = `${tests.length - failures.length} passed, ${failures.length} failed`;
  window.testResults = { count: tests.length, failures };
}

import { parseImageLock } from '../../src/platform/image-lock';

const pin = `{ tag: "1.0.0", digest: "sha256:${'a'.repeat(64)}" }`;

test('an entry that an alias repeats is the same pin', () => {
  const { dev, production } = parseImageLock(`dev: &dev { api: ${pin} }\nproduction: *dev\n`);
  expect(production).toEqual(dev);
});

test.each([
  ['its top level', `base: &base { dev: { api: ${pin} } }\n<<: *base\n`],
  ['production', `dev: &dev\n  api: ${pin}\nproduction:\n  <<: *dev\n`],
  ['api for production', `dev: { api: &api ${pin} }\nproduction: { api: { <<: *api, tag: "2.0.0" } }\n`],
])('a merge key in %s is named, with what to write', (place, text) => {
  expect(() => parseImageLock(text)).toThrow(
    expect.objectContaining({
      problems: [
        {
          path: 'images.lock.yaml',
          message: expect.stringMatching(
            `^${place} has the merge key "<<".*; write them out there, each with its own tag and digest$`,
          ),
          cause: 'lock',
        },
      ],
    }),
  );
});

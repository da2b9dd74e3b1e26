import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

test.each(['xrds/postgres-instance.ts', 'xrds/message-queue.ts', 'xrds/object-bucket.ts', 'xrds/workload-identity.ts'])(
  '%s says the same in the editor as in the cluster',
  (file) => {
    const { fields, different } = wordsOf(join(__dirname, '../..', file));
    expect(fields).toBeGreaterThan(0);
    expect(different).toEqual([]);
  },
);

/** How many fields a file describes, and those whose comment is another text than their description. */
function wordsOf(path: string): { readonly fields: number; readonly different: readonly string[] } {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const different: string[] = [];
  let fields = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isCallExpression(node.initializer)) {
      const [doc] = ts.getJSDocCommentsAndTags(node);
      const description = descriptionOf(node.initializer);
      const comment = doc && ts.getTextOfJSDocComment(doc.comment)?.replace(/\s+/g, ' ');
      if (description !== undefined) fields++;
      if (description !== undefined && comment !== description) different.push(`${node.name.getText()}: ${comment}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { fields, different };
}

/** The description among the arguments of a call of the builder, or of the call that `.optional()` is made on. */
function descriptionOf(call: ts.CallExpression): string | undefined {
  for (const argument of call.arguments) {
    if (ts.isStringLiteralLike(argument)) return argument.text;
    if (!ts.isObjectLiteralExpression(argument)) continue;
    for (const property of argument.properties) {
      if (
        ts.isPropertyAssignment(property) &&
        property.name.getText() === 'description' &&
        ts.isStringLiteralLike(property.initializer)
      ) {
        return property.initializer.text;
      }
    }
  }
  const { expression } = call;
  return ts.isPropertyAccessExpression(expression) && ts.isCallExpression(expression.expression)
    ? descriptionOf(expression.expression)
    : undefined;
}

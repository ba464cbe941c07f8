// Reported: await-thenable, no-unnecessary-await
export async function one(): Promise<number> {
  return await 1
}

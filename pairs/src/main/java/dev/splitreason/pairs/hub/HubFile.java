package dev.splitreason.pairs.hub;

/**
 * A file of a repository.
 *
 * @param path in the repository, with slashes
 * @param size in bytes
 * @param sum what names its content: SHA-256 for large files, git's SHA-1 for others, in
 *     hexadecimals; the name of its blob in the cache
 */
record HubFile(String path, long size, String sum) {}

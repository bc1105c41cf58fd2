"""The same job on Spark: `mapInArrow` codes, blocks by `applyInArrow` link. Nothing of Spark is imported elsewhere."""

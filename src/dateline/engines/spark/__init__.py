"""The engine for Spark: coding by `mapInArrow`, linking in blocks by `applyInArrow`. Spark is imported only here."""

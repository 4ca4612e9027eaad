enum SeedCoupletTexts {}

"""The words of a dataset's JSON, for the doors that read one."""

WORDS = (
    '{"dataset":',
    '{"id":"a-war","title":"A war","description":"","version":"1","released":"2020","license":"","subject":"1900",',
    '"coverage":"1900"}', ',"events":[', '{"id":"one","date":"1900-05~","title":"One"', "}", "]}", '"places":["here"]',
    ',"places":[{"id":"here","name":"Here","latitude":1,"longitude":2}]',
    ',"sources":[{"id":"book","type":"book","title":"B"}]', ',"citations":[{"source":"book","locator":"p. 1"}]',
    ',"estimates":[{"id":"few","measure":"dead"', ',"best":3', ',"low":1', ',"text":"dozens"',
    ',"disputes":[{"id":"why","title":"Why?"', ',"accounts":[{"says":"So"},{"says":"No"}]', ',"rank":"preferred"',
    ',"people":[{"id":"ann","name":"Ann","roles":[{"title":"Clerk"}]}]', ',"sides":[{"id":"reds","name":"Reds"}]',
    ',"side":"reds"', "null", "true", "1e400", "9" * 5000, "\\ud800", "\\u0000", '"', ":", ",", "[", "]", "[" * 2000,
    '{"x":' * 2000, "\ufeff", '<!doctype html><script type="application/x-withdrawal-dataset">', "</script>",
    "eJyrrgUAAXUA+Q==", ',"outline":"POLYGON ((60 30, 75 30, 75 38, 60 30))"', '"$schema":"x"', ',"date":"1900/1901"',
    ',"event":"one"', ',"dispute":"why"',
)  # fmt: skip

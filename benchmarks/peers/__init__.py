"""Other ways to cut a town into cells, to be judged beside ours."""

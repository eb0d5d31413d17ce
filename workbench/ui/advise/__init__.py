"""The advise page: is it time to tune?"""
